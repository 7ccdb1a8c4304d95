import type { Plugin } from 'vite';

/** rrweb asks a list whether it has seen a rule of a style sheet, for each rule: 300 KB of `{}` held the dashboard for minutes. */
const LISTS: [string, string][] = [
  ['const fixed = [];', 'const fixed = new Set();'],
  ['if (fixed.indexOf(rule2) !== -1) {', 'if (fixed.has(rule2)) {'],
  ['fixed.push(rule2);', 'fixed.add(rule2);'],
];

/** Gives it a set instead; a version of rrweb that is written otherwise ends the build, since it has to be looked at. */
export function rulesSeenOnce(): Plugin {
  let found = false;
  return {
    name: 'mimic-rules-seen-once',
    buildStart() { found = false; },
    transform(code, id) {
      if (!/@rrweb\/replay\/dist\/replay\.js$/.test(id.split('?')[0] ?? '')) return undefined;
      let text = code;
      for (const [list, set] of LISTS) {
        if (text.split(list).length !== 2) this.error(`rrweb is not as vite.rrweb.ts expects: ${list}`);
        text = text.replace(list, set);
      }
      found = true;
      return { code: text, map: null };
    },
    buildEnd(error) {
      if (!error && !found) this.error('rrweb is not where vite.rrweb.ts expects it.');
    },
  };
}
