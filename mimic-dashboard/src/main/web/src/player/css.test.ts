import { describe, expect, it } from 'vitest';
import { partWithoutRequests, withoutRequests, type Resolve } from './css';
import { asked } from '../../test/asked';
import { CssTokens } from './css-tokens';

const kinds = (css: string) => {
  const found: string[] = [];
  const tokens = new CssTokens(css);
  for (let token = tokens.next(); token; token = tokens.next()) if (token.kind !== 'text') found.push(`${token.kind} ${token.value}`);
  return found;
};

describe('a style sheet is taken apart as browsers do', () => {
  it.each([
    ['a{b:URL( x\\)y )}', ['open {', 'url x)y', 'close }']],
    ['u\\72l("x")', ['function url', 'string x', 'close )']],
    ['\\75 \r\nrl(x)', ['function rl', 'close )']],
    ['u\\72\r\nl(x)', ['url x']],
    ['"a\\"b" \'c\\\nd\' "e\nf"', ['string a"b', 'string cd', 'string ']],
    ['<!--url(x)-->url(y)', ['url x', 'url y']],
    ['#url(x)@url(y)1url(z)-url(q)', ['open (', 'close )', 'at url', 'open (', 'close )', 'function 1url', 'close )', 'function -url', 'close )']],
    ['i\\6d age\\2d set(', ['function image-set']],
    ['/*url(x)"*/@import;', ['at import', 'semicolon ;']],
    ['url(a b)url(a"b)url(a(b)', ['url ', 'url ', 'url ']],
    ['url(a', ['url a']], ['url(a\\', ['url ']], ['"a\\', ['string a']], ['/*', []], ['\\', []], ['', []],
  ])('%j', (css, found) => expect(kinds(css)).toEqual(found));

  it('and is the same again, but for what was left open', () => {
    const css = '@charset "x";a[b="c"]>d::before{content:"\\f101\\\\61\\A";--x:{a:b};width:calc(1px + (2em*3))}/* c */@media (min-width:1px){.\\31 0{color:#abc!important}}<!-- -->é{b:U+26}';
    expect(withoutRequests(css)).toBe(css);
    expect(['a{b:"c', 'a{b:c(d[e', '/* a', '"a\\', 'a{b:url(data:,x'].map((text) => withoutRequests(text))).toEqual(['a{b:"c"}', 'a{b:c(d[e])}', '/* a*/', '"a\\\n"', 'a{b:url("data:,x")}']);
  });

  it('but for addresses without quotes, which become strings: of what stands before them browsers may think otherwise', () => {
    expect(withoutRequests('p{--x:éurl(data:/*) " */ );background:url(https://e.example/x);content:" "}')).toContain('éurl("data:/*")');
    expect(withoutRequests('q{b:url( data:a\\22 b\\\\ )}')).toBe('q{b:url("data:a\\22 b\\5c ")}');
  });
});

const EVIL = 'https://e.example/x';
/** What asks for an address, however else it is written. */
const SHAPES = [
  // what is left out must not make one word of what is around it
  `@imp@import "a";ort "${EVIL}";`, `a{b:ur@font-face{src:url(x)}l(${EVIL})}`, `@imp@font-face{src:url(x)}ort "${EVIL}";`, `a{b:u\\72@font-face{src:url(x)}l(${EVIL})}`,
  // where a string or a comment ends
  `a{b:image-set("a;b" 1x, "${EVIL}" 2x)}`, `a{b:image-set(/*;*/"${EVIL}" 1x)}`, `a{b:image-set("a{}" 1x, "${EVIL}" 2x)}`, `a{b:url("data:,\n)}c{background:url(${EVIL})}d{e:")}`, `a{b:url('data:,\n)}c{background:url("${EVIL}")}d{e:')}`,
  `a{b:url(data:,\\)x)}c{d:url(${EVIL})}`, `a{b:url("data:,x" foo url(${EVIL}))}`, `a{b:"\\"}c{d:url(${EVIL})}`, `/*"*/a{b:url(${EVIL})}/*"*/`, `a{b:'x"';c:url(${EVIL})}`,
  // names
  `<!--url(${EVIL})`, `a{b:image\\2dset("${EVIL}" 1x)}`, `a{b:-webkit-image-set(url(${EVIL}) 1x)}`, `a{b:u\\000072\r\nl(${EVIL})}`, `a{b:src("${EVIL}")}`, `a{b:cross-fade("${EVIL}" 50%, red)}`,
  `@import url("${EVIL}"layer(a));`, `@import\n'${EVIL}'`, `@import url(${EVIL}`, `@import "${EVIL}"{}`, `x}@import "${EVIL}"`, `@media x{@import "${EVIL}"}`,
  // nested deeper than is shown
  `a{b:${'calc('.repeat(99)}image-set("${EVIL}" 1x`, `a{b:${'('.repeat(200)}url("${EVIL}")`, `${'{'.repeat(300)}@import "${EVIL}"`, `a{b:${'('.repeat(98)}ur(l("${EVIL}"`,
];

describe('nothing is asked for', () => {
  it.each(SHAPES)('%j', (css) => {
    for (const clean of [withoutRequests(css), withoutRequests(withoutRequests(css))]) {
      expect(asked(clean)).toEqual([]);
    }
  });
  it('where an address stands elsewhere', () => expect(withoutRequests(`a{--x:"${EVIL}";b:image-set(var(--x) 1x);c:src(--y())}`)).toBe(`a{--x:"${EVIL}";b:image-set(none(--x) 1x);c:src(none())}`));
  it('by texts of one style that only together ask', () => {
    const pairs = [['a{b:ur', `l(${EVIL})}`], ['a{b:u\\72', `l(${EVIL})}`], ['a{b:u\\', `72l(${EVIL})}`], ['a{b:image-set(', `"${EVIL}" 1x)}`], ['@imp', `ort "${EVIL}";`], ['@import ', `"${EVIL}";`], ['a{b:"', `x"url(${EVIL})}`], ['/*', `*/a{b:url(${EVIL})}`], ["a{b:'\\", `'url(${EVIL})}`]];
    for (const [one, two] of pairs) {
      const together = [one, two].map((text) => partWithoutRequests(text ?? '', NOTHING)).join('');
      expect(asked(together), together).toEqual([]);
    }
  });
  it('though a block may go on from one to the next', () => {
    expect(['a{b:', 'c', ';d:e(f', '}'].map((text) => partWithoutRequests(text, NOTHING)).join('')).toBe('a{b:/**/c/**/;d:e(f)/**/}/**/');
    expect(partWithoutRequests('@media x{a{b:c(d{', NOTHING)).toBe('@media x{a{b:c(d{})/**/');
  });
  it('and what a kept sheet leaves open ends with it', () => {
    const sheet = (text: string): Resolve => ({ file: () => undefined, sheet: () => text });
    expect(withoutRequests('@import "a";b{c:d}', sheet('u\\72'))).toBe('u\\72/**/b{c:d}');
    expect(withoutRequests('@import "a" screen;b{c:d}', sheet('x{}'))).toBe('@media screen{x{}}b{c:d}');
    expect(withoutRequests(`@import url( "a" ) layer(b) print;`, sheet('x{}'))).toBe('@media print{@layer b{x{}}}');
    expect(withoutRequests(`@import "a" screen{x;b{c:d}`, sheet('x{}'))).toBe('');
    expect(withoutRequests('@import "a" layer(b);c{d:e}', sheet(withoutRequests('}f{g:h}')))).toBe('@layer b{)f{g:h}}c{d:e}');
  });
  it('by what is around an imported sheet, or in it', () => {
    const wrapped = ['', 'layer', 'layer(a.b) supports(not (a:b)) print', 'supports(a:b', 'supports(/*)', 'supports(url()', 'layer(a){', 'screen}', 'screen\\', '"', 'é', ')', '(]'];
    for (const css of [...SHAPES, `l(${EVIL})}`, `ort "${EVIL}";`, '}', '"', "'", '/*', '\\', '(', '@namespace "']) {
      for (const condition of wrapped) {
        const clean = withoutRequests(`a{b:ur}@import "x" ${condition};l("${EVIL}")@imp@import "y";ort "${EVIL}"`, { file: () => undefined, sheet: () => withoutRequests(css) });
        expect(asked(clean), `${condition} ${css}`).toEqual([]);
      }
    }
  });
});

describe('what names no address', () => {
  it('is a namespace, which stays one', () => {
    const kept = (css: string, text: string) => withoutRequests(css, { file: () => undefined, sheet: () => text });
    expect(withoutRequests('@namespace url(http://www.w3.org/1999/xhtml);@namespace/**/s url( "http://www.w3.org/2000/svg" );s|a{b:c}')).toBe('@namespace "http://www.w3.org/1999/xhtml";@namespace s "http://www.w3.org/2000/svg";s|a{b:c}');
    expect(withoutRequests("@NAMESPACE s 'a\\22 b'")).toBe('@namespace s "a\\22 b";');
    expect(kept('@import "x";@namespace s "a";@namespace "b";s|a{}', withoutRequests('@namespace "d";@namespace t "c";t|a{}'))).toBe('@namespace t "c";@namespace s "a";t|a{}/**//**/s|a{}');
    expect(kept('@import "x";@namespace s "a";', withoutRequests('@namespace s "c";x{}'))).toBe('@namespace s "a";x{}/**/');
  });
  it('but not where another rule only begins as one', () => {
    for (const css of [`@namespace url(${EVIL})b{}`, `@namespace a b url(${EVIL});`, `@namespace image-set("${EVIL}" 1x);`, `@namespace src("${EVIL}");`, `a{@namespace url(${EVIL});}`, `a{--x:@namespace url(${EVIL})}`, `@namespace @import "${EVIL}";`, `@namespace "a" url("${EVIL}");`, `@namespace a-${'b'.repeat(1_000)} url(${EVIL});`]) {
      expect(withoutRequests(css), css).not.toContain(EVIL);
    }
  });
  it('is a colour or a number among pictures', () => {
    const css = 'a{b:image(rgb(1 2 3));c:cross-fade(50% oklch(.5 .1 9),color-mix(in srgb,red,#fff),clamp(1,2,3));d:cross-fade(hsl(1deg 2% 3%),linear-gradient(rgb(1,2,3),red))}';
    expect(withoutRequests(css)).toBe(css);
    expect(withoutRequests('a{b:cross-fade(50% rgb(1 2 3),url(x));c:image(var(--x))}')).toBe('a{b:cross-fade(50% rgb(1 2 3),url("data:,"));c:image(none(--x))}');
  });
});

describe('an import is put where it stands', () => {
  const sheets: Record<string, string> = { a: 'a{}', b: 'b{}' };
  const put = (css: string) => withoutRequests(css, { file: () => undefined, sheet: (address) => sheets[address] });
  it.each([
    ['@layer x,y;@import "a" layer(y);@import url(b)layer(x)print;c{}', '@layer x,y;/**/@layer y{a{}}/**/@media print{@layer x{b{}}}c{}'],
    ['@import "a" supports(display: grid) screen and (min-width:1px);', '@media screen and (min-width:1px){@supports (display: grid){a{}}}'],
    ['@import "a" layer supports(not (x:y) and selector(:has(> a)));', '@supports (not (x:y) and selector(:has(> a))){@layer{a{}}}'],
    ['@import "a" supports(x:y)layer(p.q) print,screen;', '@media print,screen{@supports (x:y){@layer p.q{a{}}}}'],
    ['@import "gone" layer(x) print;@import "gone" print;@import "a" layer(y);', '@media print{@layer x{}}/**//**/@layer y{a{}}'],
    ['a{}@import "b";c{}', 'a{}/**/b{}c{}'],
    ['@media x{@import "a";c{}}', '@media x{/**/c{}}'],
    ['@import "a" supports((x:y);@import "a" x);@import "a" [;@import "b" "c";', ''],
  ])('%j', (css, shown) => expect(put(css)).toBe(shown));
});

const NOTHING: Resolve = { file: () => undefined, sheet: () => undefined };

/** A text that knows how many of its letters were asked for. */
class CountedText extends String {
  read = 0;
  override charCodeAt(at: number) { this.read++; return super.charCodeAt(at); }
  override charAt(at: number) { this.read++; return super.charAt(at); }
  override startsWith(start: string, at = 0) { this.read += start.length; return super.startsWith(start, at); }
  override slice(from = 0, to = this.length) { this.read += to - from; return super.slice(from, to); }
  override indexOf(what: string, from = 0) { const at = super.indexOf(what, from); this.read += (at < 0 ? this.length : at) - from; return at; }
}

describe('is read once', () => {
  it.each([
    '@import url(', '@import url( ', '@import "', '@import ', '@import url(;', '@import "x" ', '@namespace ', '@namespace "x" ', '@namespace url(', '@namespace url("x")', '@font-face{', '@font-face ', '@font-face{url(', 'url(', 'url( ', 'url("', "url('", 'url(")', 'url(data:', 'url(\\', 'image-set(', 'image-set("', "image-set('",
    ' ', '"', "'", '(', '{', '}', '[', ';', '\\', '\\\n', '\\6', '@', '#', '-', '/', '/*', '<!--', 'a', 'a{', 'é', '\0', '\r\n',
  ])('where %j never ends', (piece) => {
    const many = piece.repeat(60_000 / piece.length);
    for (const css of [`a{b:url(x)}${many}!`, `@font-face{src:url(x)}@import url(${many}!`, `@import "x"${many}!`, `a{b:"${many}`]) {
      const counted = new CountedText(css);
      const tokens = new CssTokens(counted as unknown as string);
      while (tokens.next() !== null) continue;
      expect(counted.read).toBeLessThan(12 * css.length);
      expect(asked(withoutRequests(css))).toEqual([]);
    }
  }, 60_000);
  it('with any condition of an import', () => {
    const sheet: Resolve = { file: () => undefined, sheet: () => 'x{}' };
    for (const condition of [' ', 'layer ', 'layer(', 'supports(', 'supports(a)', '(', 'a ', ', ']) expect(withoutRequests(`@import "x" ${condition.repeat(100_000 / condition.length)}!;`, sheet)).toBe('');
  }, 60_000);
});
