import type { SessionDetail, Timeline } from '../../api/types';
import { clockTenths, utc } from '../../format/time';
import { browserOf, place, systemOf, visitor } from '../../format/visitor';
import { shareLink } from '../../routes';
import type { Trouble } from '../error-groups';
import type { EventLine } from '../event-lines';
import type { Model } from '../model';

const STEPS = 8;
const BEFORE_MS = 90_000;

/** Text from a recording, so that an issue tracker shows it as text. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~@!]/g, (c) => `\\${c}`).replace(/\s+/g, ' ').trim();
}

/** A block of text in a fence longer than any fence within. */
export function fenced(text: string): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

/** What the visitor did before a moment, oldest first. */
export function stepsBefore(events: readonly EventLine[], at: number): EventLine[] {
  return events.filter((e) => e.at <= at && e.at > at - BEFORE_MS && (e.filter === 'user' || e.kind === 'nav' || e.kind === 'fail' || e.kind === 'error')).slice(-STEPS);
}

function facts(session: SessionDetail, model: Model, at: number): string[] {
  const who = visitor(session);
  return [
    `- **Watch:** <${shareLink(session.id, Math.max(0, (at - model.start) / 1000 - 5))}>`,
    `- **When:** ${utc(at)}, ${clockTenths(at - model.start)} into the session`,
    `- **Who:** ${plain(who.name)}${place(session) ? `, ${plain(place(session) ?? '')}` : ''}`,
    `- **On:** ${plain([browserOf(session) ?? 'unknown browser', systemOf(session) ?? 'unknown system'].join(', '))}`,
  ];
}

function steps(model: Model, at: number): string[] {
  const list = stepsBefore(model.events, at);
  if (list.length === 0) return [];
  return ['', '**Steps**', '', ...list.map((e, i) => `${i + 1}. ${clockTenths(e.at - model.start)} ${plain(`${e.verb} ${e.what}${e.after}`)}`)];
}

/** A moment of a session for an issue tracker. */
export function sessionMarkdown(session: SessionDetail, _timeline: Timeline, model: Model, now: number): string {
  const issue = model.issues.filter((i) => i.at <= now + 500).at(-1);
  return [`### ${issue ? plain(issue.label) : `Session of ${plain(visitor(session).name)}`}`, '', ...facts(session, model, now), ...steps(model, now), ''].join('\n');
}

/** An error with its stack and what led to it. */
export function troubleMarkdown(session: SessionDetail, model: Model, trouble: Trouble, at: number): string {
  const stack = trouble.errors[0]?.stack;
  const exception = trouble.requests[0]?.server?.exception?.stack;
  return [
    `### ${plain(`${trouble.title}: ${trouble.message}`)}`, '', ...facts(session, model, at), ...steps(model, at),
    ...(stack ? ['', '**Browser**', '', fenced(stack)] : []), ...(exception ? ['', '**Server**', '', fenced(exception)] : []), '',
  ].join('\n');
}
