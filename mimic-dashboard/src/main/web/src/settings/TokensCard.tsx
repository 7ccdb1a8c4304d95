import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { postJson, remove } from '../api/client';
import type { ApiToken, Me, Right } from '../api/types';
import { ago, longDay } from '../format/time';
import { counted } from '../format/values';
import { announce } from '../ui/announce';
import { Button } from '../ui/parts';
import { Card, FormDialog, Loaded, SecretOnce, Table } from './parts';
import { tokensQuery } from './queries';

const DAY = 86_400_000;
const MEANS: Record<Right, string> = { read: 'list and watch sessions', export: 'download recordings', erase: 'erase sessions', admin: 'access log, passwords, tokens' };

function Ends({ token, now }: { token: ApiToken; now: number }) {
  const left = Date.parse(token.endsAt) - now;
  if (left <= 0) return <span className="badge badge-error">ended</span>;
  if (left < 14 * DAY) return <span className="badge badge-warn">in {counted(Math.max(1, Math.round(left / DAY)), 'day')}</span>;
  return <>{longDay(Date.parse(token.endsAt))}</>;
}

function NewToken({ me, open, onClose, onMade }: { me: Me; open: boolean; onClose: () => void; onMade: (secret: string) => void }) {
  const client = useQueryClient();
  const [rights, setRights] = useState<Right[]>(['read']);
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="New token"
      text={<>For scripts: <code>Authorization: Bearer mimic_…</code>. The token is shown once.</>}
      submit="Make token"
      disabled={rights.length === 0}
      onSubmit={async (form) => {
        const made = await postJson<ApiToken & { secret: string }>('api/tokens', { name: String(form.get('name')).trim(), rights, days: Number(form.get('days')) });
        await client.invalidateQueries({ queryKey: ['tokens'] });
        onMade(made.secret);
      }}
    >
      <label htmlFor="token-name">Name</label>
      <input id="token-name" className="in" name="name" required maxLength={100} autoComplete="off" placeholder="ci-nightly" />
      <fieldset className="checks">
        <legend>It may</legend>
        {me.rights.map((right) => (
          <label key={right} className="radio"><input type="checkbox" checked={rights.includes(right)} onChange={(e) => setRights(e.target.checked ? [...rights, right] : rights.filter((one) => one !== right))} /><b>{right}</b><span className="muted">{MEANS[right]}</span></label>
        ))}
      </fieldset>
      <label htmlFor="token-days">Ends after</label>
      <select id="token-days" className="in" name="days" defaultValue="90">
        {[7, 30, 90, 180, 366].map((days) => <option key={days} value={days}>{counted(days, 'day')}</option>)}
      </select>
    </FormDialog>
  );
}

function Revoke({ token, onClose }: { token: ApiToken | null; onClose: () => void }) {
  const client = useQueryClient();
  return (
    <FormDialog
      open={token !== null}
      onClose={onClose}
      title={`Revoke ${token?.name ?? ''}?`}
      text={token?.usedAt ? `It was used ${ago(Date.parse(token.usedAt), Date.now())}. What uses it is refused from now on.` : 'It was never used. What uses it is refused from now on.'}
      submit="Revoke 1 token"
      danger
      onSubmit={async () => {
        if (token) await remove(`api/tokens/${encodeURIComponent(token.id)}`);
        await client.invalidateQueries({ queryKey: ['tokens'] });
        announce('The token was revoked');
        onClose();
      }}
    >
      {null}
    </FormDialog>
  );
}

export function TokensCard({ me }: { me: Me }) {
  const tokens = useQuery(tokensQuery);
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const now = Date.now();
  return (
    <Card id="tokens" title="Tokens" text="For scripts. Shown once, when made." action={<Button size="small" onClick={() => setMaking(true)}><Plus className="i" aria-hidden="true" />New token</Button>}>
      <Loaded query={tokens} what="Tokens">{({ items }) => (items.length === 0 ? <p className="card-none">No token. A script needs one to read <code>{'{mount}'}/api</code>.</p> : (
        <Table label="Tokens" head={['Name', 'May', 'Made', 'Last used', 'Ends', { name: 'Actions', hidden: true }]}>
          {items.map((token) => (
            <tr key={token.id}>
              <td><b>{token.name}</b></td>
              <td>{token.rights.join(', ')}</td>
              <td>{longDay(Date.parse(token.madeAt))}</td>
              <td>{token.usedAt ? ago(Date.parse(token.usedAt), now) : <span className="muted">never</span>}</td>
              <td><Ends token={token} now={now} /></td>
              <td className="act"><Button size="small" tone="quiet" aria-label={`Revoke ${token.name}`} onClick={() => setRevoking(token)}>Revoke</Button></td>
            </tr>
          ))}
        </Table>
      ))}</Loaded>
      <NewToken me={me} open={making} onClose={() => setMaking(false)} onMade={(made) => { setMaking(false); setSecret(made); }} />
      <SecretOnce title="The token" text="Copy it now: it is kept as a hash and cannot be shown again." secret={secret} onClose={() => setSecret(null)} />
      <Revoke token={revoking} onClose={() => setRevoking(null)} />
    </Card>
  );
}
