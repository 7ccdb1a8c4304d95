import { Component, type ReactNode } from 'react';
import { Blank, Button } from './parts';
import { TriangleAlert } from 'lucide-react';

/** The last resort: a fault of the dashboard itself is told, with a way on. */
export class Guard extends Component<{ children: ReactNode }, { fault: Error | null }> {
  override state: { fault: Error | null } = { fault: null };

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  override render() {
    const { fault } = this.state;
    if (!fault) return this.props.children;
    return (
      <main className="alone">
        <Blank
          level="h1"
          icon={<TriangleAlert className="i" aria-hidden="true" />}
          title="The dashboard met a fault of its own"
          actions={<Button tone="primary" onClick={() => location.reload()}>Reload</Button>}
          hint="Recording goes on; nothing is lost."
        >
          <code>{`${fault.name}: ${fault.message}`}</code>
        </Blank>
      </main>
    );
  }
}
