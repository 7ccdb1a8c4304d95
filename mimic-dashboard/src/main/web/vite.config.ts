import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { rulesSeenOnce } from './vite.rrweb.ts';

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What the small script needs that begins: one file, since a browser asks for six at a time. */
const BEGIN = /vite\/preload-helper|\/src\/(mount|ui\/theme|api\/(client|paths)|session\/(ahead|played|playback|search)|player\/kept-list)\.ts$/;

/** The dashboard's own script is asked for beside the small one that begins, not after it. */
const mainBeside: Plugin = {
  name: 'main-beside',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle, filename }) {
      if (!bundle || !filename.endsWith('index.html')) return [];
      const main = Object.values(bundle).find((chunk) => chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith('/src/main.tsx'));
      if (main?.type !== 'chunk') throw new Error('There is no chunk of src/main.tsx.');
      const begun = new Set(Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith('/index.html') ? [chunk.fileName, ...chunk.imports] : [])));
      return [main.fileName, ...main.imports].filter((file) => !begun.has(file)).map((file) => ({ tag: 'link', attrs: { rel: 'modulepreload', href: `./${file}` }, injectTo: 'head' as const }));
    },
  },
};

export default defineConfig({
  plugins: [react(), mainBeside, rulesSeenOnce()],
  base: './',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 600,
    rollupOptions: {
      input: { index: page('index.html'), player: page('player.html') },
      output: { codeSplitting: { groups: [{ name: 'begin', test: BEGIN }] } },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
