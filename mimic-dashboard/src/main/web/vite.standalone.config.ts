import { defineConfig } from 'vite';
import { fileURLToPath } from 'node:url';
import { rulesSeenOnce } from './vite.rrweb.ts';

/** The player of exported recordings: one script, so that it can be put into one file. */
export default defineConfig({
  plugins: [rulesSeenOnce()],
  publicDir: false,
  build: {
    target: 'es2022',
    emptyOutDir: false,
    copyPublicDir: false,
    lib: { entry: fileURLToPath(new URL('src/standalone/main.ts', import.meta.url)), formats: ['iife'], name: 'mimicStandalone', fileName: () => 'standalone.js' },
  },
});
