import { useLasting } from '../ui/useMedia';
import { useTitle } from '../ui/useTitle';

/** The head of a session that is on its way. */
export function HeaderWait() {
  useTitle('Session');
  const slow = useLasting(true);
  return (
    <>
      <h1 className="sr-only">The session is loading</h1>
      <div className="shead">{slow && <><span className="sk sk-av" /><span className="shead-t"><span className="sk sk-w2" /><span className="sk sk-s sk-w4" /></span></>}</div>
    </>
  );
}

/** The panels, while what they list is on its way. */
export function PanelsWait() {
  const slow = useLasting(true);
  return <div className="panels" aria-busy="true"><div className="ptabs" />{slow && Array.from({ length: 12 }, (_, i) => <span key={i} className="sk sk-row" />)}</div>;
}
