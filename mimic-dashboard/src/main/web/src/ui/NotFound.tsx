import { MapPinOff } from 'lucide-react';
import { Link } from 'wouter';
import { Blank } from './parts';
import { useTitle } from './useTitle';

export function NotFound() {
  useTitle('Not found');
  return (
    <main id="main" className="alone" tabIndex={-1}>
      <Blank level="h1" icon={<MapPinOff className="i" aria-hidden="true" />} title="There is no such page" actions={<Link className="btn btn-primary" href="/">All sessions</Link>}>
        The address may be cut off, or from another version of MIMIC.
      </Blank>
    </main>
  );
}
