import { LogIn, ShieldAlert } from 'lucide-react';
import type { ApiError } from '../api/client';
import { Blank, Button } from '../ui/parts';
import { useTitle } from '../ui/useTitle';

/** The application's own login counts, and does not let this person in, or not any more. */
export function HostRefusal({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const known = error.status === 403;
  useTitle(known ? 'No access' : 'Log in');
  if (known) {
    return (
      <main className="alone" id="main">
        <Blank level="h1" icon={<ShieldAlert className="i" aria-hidden="true" />} title="You have no access to these recordings" actions={<Button tone="primary" onClick={onRetry}>Try again</Button>} hint="Recording goes on; this concerns the dashboard alone.">
          {error.detail || 'The application that MIMIC is part of refuses what the dashboard asks for. Its security must let you reach the dashboard’s path, and give you the role that mimic.dashboard.role names.'}
        </Blank>
      </main>
    );
  }
  return (
    <main className="alone" id="main">
      <Blank level="h1" icon={<LogIn className="i" aria-hidden="true" />} title="Log in to the application" actions={<Button tone="primary" onClick={() => location.reload()}>Log in</Button>} hint="This address, with its filters or its moment, opens again after it.">
        {`${location.host} decides with its own login who sees its recordings. You are not logged in there, or not any more.`}
      </Blank>
    </main>
  );
}
