import { partWithoutRequests, withoutRequests, type Resolve } from './css';
import { absolute, type Kept } from './kept';

/** Where the replayer divides a style sheet among the texts of its element. */
const SPLIT = '/* rr_split */';
const MOST_SPLITS = 100;
const MOST_IMPORTS = 50;
/** What a recording may show of kept style sheets at once, in letters, however often it names them; with the addresses of files, which in an exported recording are whole files. */
const MOST_AT_ONCE = 20_000_000;
/** And from its beginning to its end, where the same style counts once, however many snapshots have it. */
const MOST_IN_ALL = 100_000_000;

/** How many letters of kept style sheets are shown, and what became of the styles that name them: snapshots repeat those. */
class Shown {
  readonly #styles = new Map<string, { text: string; letters: number }>();
  #atOnce = 0;
  #inAll = 0;
  #refused = 0;

  afresh(): void {
    this.#atOnce = 0;
  }

  /** Takes as many letters, some of which are new to the recording, or refuses them. */
  more(letters: number, fresh: number): boolean {
    const fits = this.#atOnce + letters <= MOST_AT_ONCE && this.#inAll + fresh <= MOST_IN_ALL;
    if (fits) {
      this.#atOnce += letters;
      this.#inAll += fresh;
    } else this.#refused++;
    return fits;
  }

  style(name: string, make: () => string): string {
    const known = this.#styles.get(name);
    if (known && this.more(known.letters, 0)) return known.text;
    const [atOnce, inAll, refused] = [this.#atOnce, this.#inAll, this.#refused];
    const text = make();
    if (this.#inAll > inAll && this.#refused === refused) this.#styles.set(name, { text, letters: this.#atOnce - atOnce });
    return text;
  }
}

/** Looks up what was kept of the page that is being shown. */
export class Look {
  base = '';
  readonly #resolve: Resolve = { file: (address) => this.written(address), sheet: (address) => this.#imported(address) };

  /** @param open the style sheets that are part of the one at hand; none outside of one */
  constructor(private readonly kept: Kept, private readonly shown = new Shown(), private readonly open = new Set<string>()) {}

  /** Nothing that was shown is shown any more. */
  afresh(): void {
    this.shown.afresh();
  }

  file(value: unknown): string | undefined {
    if (typeof value !== 'string') return undefined;
    const address = absolute(value, this.base);
    return address === null ? undefined : this.kept.file(address);
  }

  /** The same as part of a text, which is as long as all that it names. */
  written(value: string): string | undefined {
    const file = this.file(value);
    return file !== undefined && this.shown.more(file.length, 0) ? file : undefined;
  }

  css(text: string): string {
    return this.#style('', text, withoutRequests);
  }

  /** One text of an element that may have several. */
  part(text: string): string {
    return this.#style('part', text, partWithoutRequests);
  }

  /** Nothing is imported without an `@`, be it in the letters of its name. */
  #style(kind: string, text: string, made: (css: string, resolve: Resolve) => string): string {
    const make = () => made(text, this.#resolve);
    return text.includes('@') ? this.shown.style(`${kind} ${this.base}\n${text}`, make) : make();
  }

  /** The text of a whole style sheet, which the replayer may divide; too many parts stay one. */
  whole(text: string): string {
    return this.#style('whole', text, (css, resolve) => {
      const parts = withoutRequests(css, resolve).split(SPLIT);
      return parts.join(parts.length > MOST_SPLITS ? '/**/' : `/**/${SPLIT}`);
    });
  }

  /** A kept style sheet, what it names and imports in its turn included. */
  sheet(value: unknown): string | undefined {
    const address = typeof value === 'string' ? absolute(value, this.base) : null;
    if (address === null || this.kept.sheet(address) === undefined) return undefined;
    return this.shown.style(`sheet ${address}`, () => this.#imported(address) ?? '') || undefined;
  }

  /** Once within another. */
  #imported(value: string): string | undefined {
    const address = absolute(value, this.base);
    const text = address === null ? undefined : this.kept.sheet(address);
    if (address === null || text === undefined || this.open.has(address) || this.open.size > MOST_IMPORTS || !this.shown.more(text.length, text.length)) return undefined;
    const within = new Look(this.kept, this.shown, this.open.size === 0 ? new Set<string>() : this.open);
    within.base = address;
    within.open.add(address);
    return withoutRequests(text, within.#resolve);
  }
}
