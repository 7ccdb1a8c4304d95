import { place } from '../ui/place';

const PAGES = [[3, 11], [16, 5], [23, 19], [47, 8], [58, 14], [76, 6], [85, 12]] as const;
const LANES: [string, number][][] = [
  [['click', 6], ['click', 9], ['click', 18], ['input', 27], ['click', 36], ['click', 50], ['rage', 64], ['click', 88]],
  [['console', 29], ['request', 61.5], ['request', 68]],
  [['error', 62]],
];

/** A session as a drawing: what the visitor did, and the moment that matters. */
export function LoginArt() {
  return (
    <div className="login-art" aria-hidden="true">
      <div className="la-lane la-pages">{PAGES.map(([at, width]) => <span key={at} style={place(at, at + width)} />)}</div>
      {LANES.map((lane, i) => (
        <div key={i} className="la-lane la-line">{lane.map(([kind, at]) => <i key={at} className={`mk mk-${kind}`} style={place(at)} />)}</div>
      ))}
      <span className="la-now" />
    </div>
  );
}
