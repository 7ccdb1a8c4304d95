import type { SessionItem } from '../api/types';

const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : null);

/** Who it was, as well as is known: name and what tells them apart. */
export function visitor(item: Pick<SessionItem, 'id' | 'user' | 'traits'>): { name: string; sub: string | null; known: boolean } {
  const named = text(item.traits?.['name']) ?? text(item.traits?.['displayName']);
  if (named) return { name: named, sub: item.user ?? text(item.traits?.['email']), known: true };
  if (item.user) return { name: item.user, sub: text(item.traits?.['email']), known: true };
  return { name: 'Anonymous', sub: null, known: false };
}

export function place(item: Pick<SessionItem, 'city' | 'region' | 'country' | 'countryCode'>): string | null {
  const country = item.country ?? countryName(item.countryCode);
  return [item.city ?? item.region, country].filter(Boolean).join(', ') || null;
}

function countryName(code: string | null): string | null {
  if (!code || !/^[A-Za-z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames('en', { type: 'region' }).of(code.toUpperCase()) ?? code;
}

const named = (name: string | null, version: string | null) => (name ? [name, version?.split('.')[0]].filter(Boolean).join(' ') : null);

export const browserOf = (item: Pick<SessionItem, 'browser' | 'browserVersion'>) => named(item.browser, item.browserVersion);
export const systemOf = (item: Pick<SessionItem, 'os' | 'osVersion'>) => named(item.os, item.osVersion);

export function screenOf(screen: SessionItem['screen']): string | null {
  if (!screen || typeof screen === 'string') return screen ?? null;
  return `${screen.width} × ${screen.height}${screen.pixelRatio ? ` at ${screen.pixelRatio}` : ''}`;
}
