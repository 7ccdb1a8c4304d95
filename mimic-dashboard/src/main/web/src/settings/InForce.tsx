import { Check, TriangleAlert } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import type { SettingInForce, Settings } from '../api/types';
import { size } from '../format/values';
import { cx } from '../ui/parts';
import { Card, From, Loaded, Setting } from './parts';
import { settingsQuery } from './queries';

const PRESETS = [
  { name: 'strict', text: 'All text is masked, and all inputs. Shape and movement stay.' },
  { name: 'inputs', text: 'What people type is masked, with hidden fields, options and labels of inputs. Other text is recorded.' },
  { name: 'none', text: 'All is recorded but passwords, credentials in addresses and what is marked in the page.' },
];

const TITLES: Record<string, string> = {
  'mimic.privacy.mask': 'Masked elements', 'mimic.privacy.block': 'Blocked elements', 'mimic.privacy.ignore': 'Ignored inputs', 'mimic.privacy.scrub-parameters': 'Query values removed',
  'mimic.privacy.ip': 'Addresses of visitors', 'mimic.privacy.scrub': 'Removed by the server', 'mimic.privacy.scrub-patterns': 'Patterns removed besides', 'mimic.consent': 'Consent', 'mimic.respect-gpc': 'Global Privacy Control and Do Not Track',
  'mimic.sampling': 'Share of sessions recorded', 'mimic.retention': 'Sessions are kept', 'mimic.retention.max-bytes': 'Archive at most', 'mimic.access-log.retention': 'Access log is kept', 'mimic.session.timeout': 'A session ends without a batch for', 'mimic.session.grace': 'and for late batches',
  'mimic.session.resume': 'A visitor who returns continues within', 'mimic.session.max-duration': 'A session is at most', 'mimic.idle-timeout': 'The recorder pauses without interaction for', 'mimic.buffer': 'Buffer', 'mimic.catalog': 'Catalog', 'mimic.archive': 'Archive', 'mimic.archive.codec': 'Compression',
  'mimic.dashboard.hosts': 'Names of the dashboard’s host', 'mimic.cross-origins': 'Origins of every project',
};

const UNITS: Record<string, string> = { ms: 'millisecond', s: 'second', m: 'minute', h: 'hour', d: 'day' };

/** A setting's value as a person says it. */
export function spokenValue(setting: SettingInForce): string {
  const { name, value } = setting;
  if (value === '') return name === 'mimic.dashboard.hosts' ? 'any' : 'none';
  if (name === 'mimic.respect-gpc') return value === 'true' ? 'obeyed' : 'not obeyed';
  if (name === 'mimic.consent') return value === 'required' ? 'required: nothing is recorded before optIn()' : 'not required';
  if (name === 'mimic.sampling') return `${Math.round(Number(value) * 1000) / 10} %`;
  if (name.endsWith('max-bytes')) return value === '0' ? 'no bound' : size(Number(value));
  const [, n, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(value) ?? [];
  if (!n || !unit) return value;
  if (n === '0') return name === 'mimic.session.resume' ? 'never' : 'for ever';
  return `${n} ${UNITS[unit]}${n === '1' ? '' : 's'}`;
}

const listed = (setting: SettingInForce) => /mask|block|ignore|scrub-|hosts|origins/.test(setting.name) && setting.value !== '';

const SELECTORS = /^mimic\.privacy\.(mask|block|ignore)$/;

/** Where a recorder is given what is no selector, nobody knows what it was to hide, and a replay shows hardly anything: it is said here why. */
export function isSelector(text: string): boolean {
  try {
    document.createDocumentFragment().querySelector(text);
    return true;
  } catch {
    return false;
  }
}

function Listed({ name, values }: { name: string; values: string[] }) {
  const wrong = SELECTORS.test(name) ? values.filter((one) => !isSelector(one)) : [];
  return (
    <>
      <span className="codes">{values.map((one) => <code key={one} className={wrong.includes(one) ? 'is-wrong' : undefined}>{one}</code>)}</span>
      {wrong.length > 0 && <p className="alert alert-slim" role="alert"><TriangleAlert className="i" aria-hidden="true" /><span>{wrong.join(' and ')} {wrong.length === 1 ? 'is no CSS selector: recorders leave it out, and hide everything that can be hidden until it is mended.' : 'are no CSS selectors: recorders leave them out, and hide everything that can be hidden until they are mended.'}</span></p>}
    </>
  );
}

export function Row({ setting }: { setting: SettingInForce }) {
  return (
    <Setting title={TITLES[setting.name] ?? setting.name} text={setting.meaning}>
      {listed(setting) ? <Listed name={setting.name} values={setting.value.split(',')} /> : <b>{spokenValue(setting)}</b>}
      <From setting={setting} />
    </Setting>
  );
}

export const rows = (settings: readonly SettingInForce[] | undefined) => (settings ?? []).map((one) => <Row key={one.name} setting={one} />);

export function PrivacyCard({ project }: { project: string }) {
  const query = useQuery(settingsQuery);
  return (
    <Card id="privacy" title="Privacy" text={<>In force for {project}. Changed in the app’s configuration, so that a review sees it.</>}>
      <Loaded query={query} what="Privacy">{(settings: Settings) => {
        const preset = settings.privacy.find((one) => one.name === 'mimic.privacy');
        return (
          <>
            <ul className="presets" aria-label="Presets">
              {PRESETS.map(({ name, text }) => (
                <li key={name} className={cx('preset', preset?.value === name && 'is-on')}>
                  <h3>{name}{preset?.value === name && <span className="in-force"><Check className="i" aria-hidden="true" />in force</span>}</h3>
                  <p>{text}</p>
                </li>
              ))}
            </ul>
            {preset && <p className="presets-f"><From setting={preset} /></p>}
            {rows(settings.consent)}
            {rows(settings.privacy.filter((one) => one !== preset))}
          </>
        );
      }}</Loaded>
    </Card>
  );
}
