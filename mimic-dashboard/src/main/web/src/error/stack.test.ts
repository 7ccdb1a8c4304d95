import { describe, expect, it } from 'vitest';
import { slowStack } from '../../test/browser/attacks.mjs';
import { browserStack, folded, javaTraces } from './stack';

describe('a stack of a browser', () => {
  it('is read as Chromium writes it', () => {
    expect(browserStack("TypeError: no\n    at f (https://a.example/js/app.js?v=1:214:31)\n    at https://a.example/js/app.js:1:2\n    at new Foo (https://a.example/node_modules/zone.js/zone.js:4:5)")).toEqual([
      { name: 'f', at: 'js/app.js:214:31', library: null },
      { name: '(anonymous)', at: 'js/app.js:1:2', library: null },
      { name: 'new Foo', at: 'node_modules/zone.js/zone.js:4:5', library: 'zone.js' },
    ]);
  });
  it('is read as Firefox and Safari write it', () => expect(browserStack('f@https://a.example/app.js:3:9\n@https://a.example/app.js:9:1')).toMatchObject([{ name: 'f', at: 'app.js:3:9' }, { name: '(anonymous)' }]));
  it('is read with what stands around a place', () => {
    expect(browserStack('    at async f (https://a.example/x.js:1:2)\n    at <anonymous>:3:4\n    at g (native code)\nh@blob:https://a.example/1-2:5:6\nError: see https://a.example/y.js:1:2')).toEqual([
      { name: 'async f', at: 'x.js:1:2', library: null }, { name: '(anonymous)', at: '<anonymous>:3:4', library: null }, { name: 'g', at: 'native code', library: null }, { name: 'h', at: 'blob:https://a.example/1-2:5:6', library: null },
    ]);
  });
  it('is read once, whatever it is made of, and no longer than engines write them', () => {
    expect(browserStack(slowStack()).at(-1)).toEqual({ name: 'seen', at: 'seen.js:1:2', library: null });
    for (const piece of [' ', 'a ', '(', '@', 'at ', 'http:', '(http:', ':1', ':', '?', 'react-', 'node_modules/@', '<anonymous>']) {
      const line = piece.repeat(1_000_000 / piece.length);
      for (const stack of [`${line}!`, `https://a.example/${line}\r!`, `f (https://a.example/${line}\u2028x`]) expect(browserStack(stack).length).toBeLessThan(2);
    }
    expect(browserStack('@https://a.example/x.js:1:2\n'.repeat(100_000))).toHaveLength(2_000);
  }, 60_000);
  it('of nonsense has no frame', () => expect(browserStack('<img src=x onerror=alert(1)>\n\n   ')).toEqual([]));
});

describe('a Java stack', () => {
  const text = 'a.b.NoRateException: none\n\tat a.b.RateTable.lookup(RateTable.java:88)\n\tat java.base/java.lang.Thread.run(Thread.java:1583)\nCaused by: java.util.NoSuchElementException: No value\n\tat java.base/java.util.Optional.orElseThrow(Optional.java:377)\n\t... 41 more';
  it('is read as its traces', () => {
    const traces = javaTraces(text);
    expect(traces.map((t) => t.title)).toEqual(['a.b.NoRateException: none', 'Caused by: java.util.NoSuchElementException: No value']);
    expect(traces[0]?.frames).toEqual([{ name: 'RateTable.lookup', at: 'RateTable.java:88', library: null }, { name: 'Thread.run', at: 'Thread.java:1583', library: 'the JDK' }]);
    expect(traces[1]?.note).toBe('41 frames of the trace above');
  });
  it('is read once, whatever it is made of', () => {
    for (const piece of [' ', 'a.', 'a/', 'a', '.', '$', 'a.b(', 'at ', 'at a.b(', '... 1 ', 'Caused by:']) {
      const line = piece.repeat(1_000_000 / piece.length);
      for (const stack of [`${line}!`, `x\n\tat ${line}!`]) expect(javaTraces(stack).length).toBeLessThan(2);
    }
  }, 60_000);
  it('folds what libraries put between own frames', () => {
    const own = { name: 'x', at: '', library: null };
    const lib = (library: string) => ({ name: 'y', at: '', library });
    expect(folded([own, lib('Spring'), lib('Tomcat'), own]).map((p) => (p.kind === 'own' ? 'own' : `${p.frames.length} ${p.names.join('+')}`))).toEqual(['own', '2 Spring+Tomcat', 'own']);
  });
});
