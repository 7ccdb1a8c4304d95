import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { AccessLine } from '../api/types';
import { dateTime, utc } from '../format/time';
import { shortId } from '../format/values';
import { sessionPath } from '../routes';
import { Button, cx } from '../ui/parts';
import { Card, Loaded, Table } from './parts';
import { accessQuery } from './queries';

const WORDS: Record<string, string> = {
  login: 'signed in', 'login-refused': 'sign-in refused', list: 'looked through the list', view: 'watched', export: 'exported', erase: 'erased', 'erase-user': 'erased a user', 'erase-ip': 'erased an IP address', 'token-made': 'made token', 'token-revoked': 'revoked token', 'password-changed': 'changed the password',
  'viewer-password-changed': 'changed the viewers’ password', 'project-made': 'made project', 'project-renamed': 'renamed to', 'origins-changed': 'changed the origins', 'project-removed': 'removed project',
};
const GRAVE = /^(erase|login-refused|project-removed)/;
const SESSION = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

const who = (line: AccessLine) => (line.kind === 'nobody' ? 'unknown' : line.actor === null ? line.kind : line.kind === 'token' ? `token ${line.actor}` : line.actor);

function Line({ line }: { line: AccessLine }) {
  const at = Date.parse(line.at);
  return (
    <tr>
      <td className="num left"><time dateTime={line.at} title={utc(at)}>{dateTime(at)}</time></td>
      <td>{who(line)}</td>
      <td><span className={cx(GRAVE.test(line.action) && 'del')}>{WORDS[line.action] ?? line.action}</span>{line.outcome && <span className="muted"> {line.outcome}</span>}</td>
      <td className="mono">{line.target === null ? '–' : SESSION.test(line.target) && line.action !== 'erase' ? <Link href={sessionPath(line.target)} title={line.target}>{shortId(line.target)}</Link> : <span title={line.target}>{line.target.length > 40 ? shortId(line.target) : line.target}</span>}</td>
      <td className="mono">{line.address ?? '–'}</td>
    </tr>
  );
}

export function AccessLogCard() {
  const [action, setAction] = useState('');
  const log = useInfiniteQuery(accessQuery(action));
  return (
    <Card
      id="log"
      title="Access log"
      text="Who watched, exported, erased or changed what. The same person watching the same session is told once in ten minutes."
      action={(
        <select className="in in-small" aria-label="Show" value={action} onChange={(e) => setAction(e.target.value)}>
          <option value="">Everything</option>
          {Object.entries(WORDS).map(([value, label]) => <option key={value} value={value}>{label}</option>)}
        </select>
      )}
    >
      <Loaded query={log} what="The access log">{({ pages }) => {
        const lines = pages.flatMap((page) => page.items);
        return lines.length === 0 ? <p className="card-none">{action ? 'Nothing of that kind.' : 'Nothing yet.'}</p> : (
          <>
            <Table label="Access log" head={['When', 'Who', 'What', 'Of what', 'From']}>{lines.map((line) => <Line key={line.id} line={line} />)}</Table>
            {log.hasNextPage && <p className="card-f"><Button size="small" disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>{log.isFetchingNextPage ? 'Loading…' : 'Earlier entries'}</Button></p>}
          </>
        );
      }}</Loaded>
    </Card>
  );
}
