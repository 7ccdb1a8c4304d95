import { siAndroid, siApple, siFirefoxbrowser, siGooglechrome, siLinux, siOpera, siSafari, siSamsung } from 'simple-icons';
import { CircleDashed } from 'lucide-react';

export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 24 24" aria-hidden="true">
      <path className="logo-back" d="M8 6V5a2.5 2.5 0 0 1 2.5-2.5h8A2.5 2.5 0 0 1 21 5v8a2.5 2.5 0 0 1-2.5 2.5h-1" />
      <rect className="logo-front" x="3" y="8" width="13" height="13" rx="3" />
      <path className="logo-play" d="M8 11.8v5.4l4.6-2.7z" />
    </svg>
  );
}

const WINDOWS = 'M3 5.2 10.5 4.1v7.4H3zM11.8 3.9 21 2.6v8.9h-9.2zM3 12.6h7.5V20L3 18.9zM11.8 12.6H21v8.8l-9.2-1.3z';
const PATHS: [RegExp, string][] = [
  [/samsung/i, siSamsung.path], [/opera/i, siOpera.path], [/firefox/i, siFirefoxbrowser.path], [/chrom(e|ium)/i, siGooglechrome.path], [/safari/i, siSafari.path],
  [/windows/i, WINDOWS], [/mac|ios|ipados|iphone/i, siApple.path], [/android/i, siAndroid.path], [/linux|ubuntu|debian|fedora/i, siLinux.path],
];

/** The mark of a browser or a system; a dashed ring for what is unknown. */
export function BrandIcon({ name }: { name: string | null }) {
  if (name && /edge/i.test(name)) {
    return (
      <svg className="i i-brand" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M3.2 14.5C3.2 8 8 3.3 13 3.3c4.6 0 8 3.2 8 7 0 2.7-2 4.4-4.3 4.4-1.8 0-2.5-.8-2.5-1.5s.7-.9.7-2.1c0-1.6-1.4-2.9-3.2-2.9-2.8 0-4.6 2.5-4.6 5.3 0 4.2 3.4 7.2 7.4 7.2 1.7 0 3.2-.4 4.5-1.2" fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
      </svg>
    );
  }
  const path = name ? PATHS.find(([pattern]) => pattern.test(name))?.[1] : undefined;
  if (!path) return <CircleDashed className="i i-brand" aria-hidden="true" />;
  return (
    <svg className="i i-brand" viewBox="0 0 24 24" aria-hidden="true">
      <path fill="currentColor" d={path} />
    </svg>
  );
}
