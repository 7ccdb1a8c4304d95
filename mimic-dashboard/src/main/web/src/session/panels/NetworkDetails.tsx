import { ServerCrash } from 'lucide-react';
import type { ReactNode } from 'react';
import type { NetworkRow, ServerSide, WebSocketRow } from '../../api/types';
import { JavaStack } from '../../error/StackFrames';
import { clockTenths, took } from '../../format/time';
import { count, counted, size } from '../../format/values';
import { Button, CopyButton } from '../../ui/parts';
import type { Trouble } from '../error-groups';
import { curlOf } from '../export/curl';

function Fact({ name, children, mono }: { name: string; children: ReactNode; mono?: boolean }) {
  return <div><dt>{name}</dt><dd className={mono ? 'mono' : 'num'}>{children}</dd></div>;
}

export function RequestDetails({ row, troubles, onOpenError }: { row: NetworkRow; troubles: Trouble[]; onOpenError: (key: string) => void }) {
  const exception = row.server?.exception;
  const trouble = troubles.find((t) => t.requests.includes(row));
  const recorded = row.requestHeaders ?? row.responseHeaders;
  return (
    <div className="ndetail">
      {exception && (
        <div className="nd-err">
          <ServerCrash className="i" aria-hidden="true" />
          <div><b>{exception.type.split('.').at(-1)}</b><span>{exception.message}</span></div>
          {trouble && <Button size="small" onClick={() => onOpenError(trouble.key)}>Open error</Button>}
        </div>
      )}
      <dl className="kv kv-2">
        {row.server?.handler && <Fact name="Handler" mono>{row.server.handler}</Fact>}
        {row.server?.route && <Fact name="Route" mono>{row.server.route}</Fact>}
        {row.server?.durationMs != null && <Fact name="Server time">{took(row.server.durationMs)} of {took(row.durationMs)}</Fact>}
        {row.traceId && <Fact name="Trace" mono>{row.traceId}</Fact>}
        {row.server?.node && <Fact name="Node" mono>{row.server.node}</Fact>}
        <Fact name="Type">{row.mimeType || '–'}</Fact>
        <Fact name="Sent by">{row.initiator === 'other' ? 'seen by the server alone' : (row.initiator ?? '–')}</Fact>
        <Fact name="Sent">{size(row.requestSize)}</Fact>
        <Fact name="Received">{size(row.responseSize)}</Fact>
        {row.error && <Fact name="Ended by">{{ abort: 'the page, before an answer', network: 'the network: refused, blocked or offline', timeout: 'a time-out', unfinished: 'the end of the page, open until then' }[row.error]}</Fact>}
      </dl>
      <p className="nd-url mono">{row.url}</p>
      {exception?.stack && <Fold title="Java stack"><JavaStack exception={exception} /></Fold>}
      {row.server?.logs && row.server.logs.length > 0 && <Fold title={counted(row.server.logs.length + (row.server.logsLeftOut ?? 0), 'log line')}><LogLines server={row.server} from={row.at} /></Fold>}
      {row.requestHeaders && <Fold title="Request headers"><Headers headers={row.requestHeaders} /></Fold>}
      {row.responseHeaders && <Fold title="Response headers"><Headers headers={row.responseHeaders} /></Fold>}
      {row.requestBody && <Fold title="Request body"><pre className="body-text" tabIndex={0}>{row.requestBody}</pre></Fold>}
      {row.responseBody && <Fold title="Response body"><pre className="body-text" tabIndex={0}>{row.responseBody}</pre></Fold>}
      <p className="nd-more">
        {!recorded && <span>Headers not recorded</span>}{!row.requestBody && !row.responseBody && <span>Body not recorded</span>}
        <CopyButton tone="quiet" className="btn-link nd-copy" text={() => curlOf(row)} said="Copied as cURL">Copy as cURL</CopyButton>
      </p>
    </div>
  );
}

export function Fold({ title, children }: { title: string; children: ReactNode }) {
  return <details className="fold"><summary>{title}</summary>{children}</details>;
}

function Headers({ headers }: { headers: Record<string, string> }) {
  return <dl className="kv kv-headers">{Object.entries(headers).map(([name, value]) => <div key={name}><dt className="mono">{name}</dt><dd className="mono">{String(value)}</dd></div>)}</dl>;
}

/** Packages by their first letters, as Java's own loggers shorten them. */
const shortLogger = (name: string) => name.replace(/\b(\w)\w*\.(?=\w+\.\w)/g, '$1.');

export function LogLines({ server, from }: { server: ServerSide; from: number }) {
  return (
    <div className="log">
      {server.logs?.map((line, i) => (
        <div key={i} className="log-l"><span className="num">+{took(Math.max(0, line.timestamp - from))}</span><span className={`l-${/^(warn|error|info)/i.exec(line.level)?.[1]?.toLowerCase() ?? 'debug'}`}>{line.level}</span><span className="mono" title={line.logger}>{shortLogger(line.logger)}</span><span>{line.message}</span></div>
      ))}
      {(server.logsLeftOut ?? 0) > 0 && <p className="log-more">{counted(server.logsLeftOut ?? 0, 'further line')} {server.logsLeftOut === 1 ? 'was' : 'were'} not kept.</p>}
    </div>
  );
}

export function SocketDetails({ row, start, onSeek }: { row: WebSocketRow; start: number; onSeek: (at: number) => void }) {
  const shown = row.frames.slice(0, 200);
  return (
    <div className="ndetail">
      <dl className="kv kv-2">
        <Fact name="In">{count(row.messagesIn)}, {size(row.bytesIn)}</Fact><Fact name="Out">{count(row.messagesOut)}, {size(row.bytesOut)}</Fact>
        <Fact name="Open">{row.closedAt ? took(row.closedAt - row.at) : 'until the end'}</Fact><Fact name="Close code">{row.code ?? '–'}</Fact>
      </dl>
      <p className="nd-url mono">{row.url}</p>
      <ol className="frames">
        {shown.map((frame, i) => (
          <li key={i}><button type="button" onClick={() => onSeek(frame.at)}><time className="at num">{clockTenths(frame.at - start)}</time><span className={frame.direction === 'in' ? 'way-in' : 'way-out'}>{frame.direction === 'in' ? '↓ in' : '↑ out'}</span><span className="num">{size(frame.size)}</span><span className="trunc mono">{frame.payload ?? 'not recorded'}</span></button></li>
        ))}
      </ol>
      {row.frames.length > shown.length && <p className="fine">{count(row.frames.length - shown.length)} further frames are in the rrweb JSON.</p>}
    </div>
  );
}
