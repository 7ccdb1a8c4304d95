import { useLasting } from '../ui/useMedia';
import { useTitle } from '../ui/useTitle';

export function SessionSkeleton() {
  useTitle('Session');
  const slow = useLasting(true);
  return (
    <main id="main" className="session" aria-busy="true" tabIndex={-1}>
      <h1 className="sr-only">The session is loading</h1>
      <div className="shead">{slow && <><span className="sk sk-av" /><span className="shead-t"><span className="sk sk-w2" /><span className="sk sk-s sk-w4" /></span></>}</div>
      <div className="split">
        <div className="player"><div className="wtabs" /><div className="addr" /><div className="stage" /><div className="tl-wait" /><div className="ctl" /></div>
        <div className="panels"><div className="ptabs" />{slow && Array.from({ length: 12 }, (_, i) => <span key={i} className="sk sk-row" />)}</div>
      </div>
    </main>
  );
}
