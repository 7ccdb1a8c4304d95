import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Storage } from '../api/types';
import { longDay } from '../format/time';
import { count, counted, size } from '../format/values';
import { rows } from './InForce';
import { Card, Loaded } from './parts';
import { settingsQuery, storageQuery } from './queries';

function Used({ storage }: { storage: Storage }) {
  const bar = useRef<HTMLSpanElement>(null);
  const share = storage.maxBytes ? Math.min(1, storage.bytes / storage.maxBytes) : 0;
  useEffect(() => bar.current?.style.setProperty('width', `${share * 100}%`), [share]);
  return (
    <div className="store">
      <p className="store-h"><b className="num">{size(storage.bytes)}</b> in {counted(storage.sessions, 'session')}{storage.maxBytes > 0 && <> of <span className="num">{size(storage.maxBytes)}</span> for all projects</>}</p>
      {storage.maxBytes > 0 && <div className="store-bar" role="img" aria-label={`This project has ${Math.round(share * 100)} % of the bound`}><span ref={bar} /></div>}
      <ul className="store-k">
        <li>Live <b className="num">{count(storage.active)}</b></li>
        {storage.oldestAt && <li>Oldest <b>{longDay(Date.parse(storage.oldestAt))}</b></li>}
        {storage.sessions > 0 && <li>A session on average <b className="num">{size(Math.round(storage.bytes / storage.sessions))}</b></li>}
      </ul>
    </div>
  );
}

export function StorageCard() {
  const storage = useQuery(storageQuery);
  const settings = useQuery(settingsQuery);
  return (
    <Card id="storage" title="Retention and storage" text="Oldest sessions go first, at the end of their time or when the archive is full.">
      <Loaded query={storage} what="Storage">{(data) => <Used storage={data} />}</Loaded>
      {rows(settings.data?.retention)}
      {rows(settings.data?.sessions)}
      {rows(settings.data?.stores)}
    </Card>
  );
}
