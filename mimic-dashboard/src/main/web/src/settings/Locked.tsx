import { Lock, Plus } from 'lucide-react';
import type { Me } from '../api/types';
import { remedy } from '../format/rights';
import { Button } from '../ui/parts';
import { Card, Setting } from './parts';

/** Why what is above it is grey, and what would change it. */
function Reason({ id, me, what }: { id: string; me: Me; what: string }) {
  return <p className="card-f locked" id={`${id}-why`}><Lock className="i" aria-hidden="true" /><span>As {me.role} you may {me.rights.join(', ')}, not {what}. It takes {remedy(me)}.</span></p>;
}

/** What the project is, for who may not administer it. */
export function LockedProject({ me }: { me: Me }) {
  return (
    <Card id="project" title="Project" text={`You are signed in as ${me.role}.`} action={<Button size="small" disabled aria-describedby="project-why">Change</Button>}>
      <Setting title="Name"><b>{me.project.name}</b></Setting>
      <Setting title="Id" text={<>Goes into the recorder’s tag as <code>data-mimic-project</code>.</>}><code>{me.project.id}</code></Setting>
      <Reason id="project" me={me} what="change names, passwords and origins" />
    </Card>
  );
}

export function LockedErase({ me }: { me: Me }) {
  return (
    <Card id="erase" title="Erase a person" text="Removes every session of one user or one IP address from all stores. It cannot be undone.">
      <Setting title="User id" text={<>As given to <code>mimic.identify</code>.</>}><span className="inline-grow"><input className="in" disabled aria-label="User id" aria-describedby="erase-why" /><Button disabled aria-describedby="erase-why">Find</Button></span></Setting>
      <Reason id="erase" me={me} what="erase" />
    </Card>
  );
}

export function LockedLog({ me }: { me: Me }) {
  return (
    <Card id="log" title="Access log" text="Who watched, exported, erased or changed what." action={<select className="in in-small" disabled aria-label="Show" aria-describedby="log-why"><option>Everything</option></select>}>
      <Reason id="log" me={me} what="see who looked" />
    </Card>
  );
}

export function LockedTokens({ me }: { me: Me }) {
  return (
    <Card id="tokens" title="Tokens" text="For scripts. Shown once, when made." action={<Button size="small" disabled aria-describedby="tokens-why"><Plus className="i" aria-hidden="true" />New token</Button>}>
      <Reason id="tokens" me={me} what="make or revoke tokens" />
    </Card>
  );
}
