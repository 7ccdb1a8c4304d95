/** The dashboard's view of the REST contract (docs/wire.md, section 3). */

export type Right = 'read' | 'export' | 'erase' | 'admin';

export interface Me {
  project: { id: string; name: string };
  login: 'password' | 'host' | 'token';
  /** Those that `api/project` may choose. */
  projects: { id: string; name: string }[];
  role: 'admin' | 'viewer' | 'token';
  /** Of the token or of the host's user. */
  name: string | null;
  rights: Right[];
  /** Administers all projects of this server. */
  server: boolean;
  csrfToken: string | null;
  version: string;
  retentionDays: number | null;
  sessionTimeoutMs: number | null;
}

export type StoreStatus = 'UP' | 'DEGRADED' | 'DOWN';

export interface Health {
  status: StoreStatus;
  version: string;
  stores: Record<string, { status: StoreStatus; detail?: string | null }>;
  recording?: { enabled: boolean; reason: string | null };
  assets?: { enabled: boolean; kept: number; refused: number; failed: number; left: number };
}

export interface SessionItem {
  id: string;
  state: 'active' | 'ended';
  startedAt: string;
  endedAt: string | null;
  durationMs: number;
  landingUrl: string | null;
  url: string | null;
  title: string | null;
  pages: number | PageSpan[];
  windows: number | WindowSpan[];
  events: number;
  errors: number;
  failedRequests: number;
  consoleErrors: number;
  rageClicks: number;
  user: string | null;
  traits: Record<string, unknown> | null;
  ip: string | null;
  browser: string | null;
  browserVersion: string | null;
  os: string | null;
  osVersion: string | null;
  device: 'desktop' | 'mobile' | 'tablet' | 'bot' | 'unknown' | null;
  language: string | null;
  timeZone: string | null;
  country: string | null;
  countryCode: string | null;
  region: string | null;
  city: string | null;
  bytes: number | null;
  screen: string | { width: number; height: number; pixelRatio?: number } | null;
  referrer: string | null;
  recorder: string | null;
  activity: number[];
}

export interface SessionPage {
  items: SessionItem[];
  next: string | null;
  scannedTo: string | null;
}

export interface WindowSpan {
  id: string;
  label: string;
  firstAt: number;
  lastAt: number;
  pages: number;
}

export interface PageSpan {
  id: string;
  window: string;
  url: string | null;
  title: string | null;
  firstAt: number;
  lastAt: number;
  skewMs: number;
  gaps: { fromSeq: number; toSeq: number }[];
}

export interface Segment {
  number: number;
  firstAt: number;
  lastAt: number;
  events: number;
  timelineBytes: number;
  domBytes: number;
  rawBytes: number;
}

export interface SessionDetail extends SessionItem {
  windows: WindowSpan[];
  pages: PageSpan[];
  segments: Segment[];
  snapshots: { page: string; at: number }[];
  metadata?: Record<string, unknown> | null;
  skewMs: number;
}

interface Row {
  at: number;
  window: string;
  page: string;
}

export type MarkerKind =
  | 'error' | 'request' | 'console' | 'navigation' | 'click' | 'rage' | 'input' | 'event' | 'gap' | 'pause' | 'visibility';

export interface Marker extends Row {
  kind: MarkerKind;
  label: string | null;
  ref: number | null;
}

export interface ServerSide {
  traceId?: string | null;
  method?: string | null;
  route?: string | null;
  handler?: string | null;
  status?: number | null;
  durationMs?: number | null;
  node?: string | null;
  exception?: { type: string; message?: string | null; stack?: string | null } | null;
  logs?: { level: string; logger: string; message: string; timestamp: number }[] | null;
  logsLeftOut?: number | null;
}

export interface NetworkRow extends Row {
  durationMs: number | null;
  method: string;
  url: string;
  status: number | null;
  initiator: string | null;
  error: 'abort' | 'network' | 'timeout' | 'unfinished' | null;
  requestSize: number | null;
  responseSize: number | null;
  mimeType: string | null;
  id: string | null;
  traceId: string | null;
  requestHeaders: Record<string, string> | null;
  responseHeaders: Record<string, string> | null;
  requestBody: string | null;
  responseBody: string | null;
  failed: boolean;
  server: ServerSide | null;
}

export interface WebSocketRow extends Row {
  id: string;
  url: string;
  closedAt: number | null;
  messagesIn: number;
  messagesOut: number;
  bytesIn: number;
  bytesOut: number;
  code: number | null;
  frames: { at: number; direction: 'in' | 'out'; size: number; payload: string | null }[];
}

export type ConsoleLevel = string;

export interface ConsoleRow extends Row {
  level: ConsoleLevel;
  args: string[];
  trace: string[];
}

export interface ErrorRow extends Row {
  kind: 'error' | 'rejection' | 'resource';
  name: string | null;
  message: string | null;
  stack: string | null;
  source: string | null;
  line: number | null;
  column: number | null;
  url: string | null;
  sourceMap?: string | null;
  fingerprint: string | null;
}

export interface NavigationRow extends Row {
  url: string;
  kind: 'load' | 'push' | 'replace' | 'pop' | 'hash';
  title: string | null;
}

export interface Timeline {
  startedAt: number;
  endedAt: number;
  markers: Marker[];
  network: NetworkRow[];
  websockets: WebSocketRow[];
  console: ConsoleRow[];
  errors: ErrorRow[];
  navigations: NavigationRow[];
  clicks: (Row & { label: string | null; selector: string | null; rage: number | null })[];
  events: (Row & { name: string; data: unknown })[];
  vitals: (Row & { name: string; value: number; rating: string | null })[];
  gaps: (Row & { reason: string; bytes: number | null; events: number | null; from: number | null; to: number | null })[];
  visibility: (Row & { state: 'visible' | 'hidden' })[];
  identify: (Row & { user: string | null; traits: Record<string, unknown> | null })[];
  activity: [number, number][];
}

export interface Overview {
  buckets: { from: number | string; to: number | string; sessions: number; withErrors: number }[];
  live: number;
}

export interface Usage {
  sessions: number;
  active: number;
  bytes: number;
  oldestAt: string | null;
  newestAt: string | null;
}

export interface Storage extends Usage {
  /** 0: no bound. */
  maxBytes: number;
}

export interface SettingInForce {
  name: string;
  value: string;
  set: boolean;
  meaning: string;
}

export type SettingGroup = 'privacy' | 'consent' | 'retention' | 'sessions' | 'stores' | 'access';
export type Settings = Record<SettingGroup, SettingInForce[]>;

export interface Project extends Usage {
  id: string;
  name: string;
  /** Of this webapp: its name and existence are configured. */
  own: boolean;
  madeAt: string;
  viewerPassword: boolean;
  origins: string[];
}

export interface Projects {
  items: Project[];
  going: { id: string; name: string; begunAt: string; sessions: number }[];
}

export interface Removal extends Usage {
  name: string;
  tokens: number;
}

export interface ApiToken {
  id: string;
  name: string;
  rights: Right[];
  madeBy: string;
  madeAt: string;
  endsAt: string;
  usedAt: string | null;
}

export interface AccessLine {
  id: string;
  at: string;
  kind: 'admin' | 'viewer' | 'token' | 'host' | 'nobody';
  actor: string | null;
  address: string | null;
  action: string;
  target: string | null;
  outcome: string | null;
}

export interface AccessPage {
  items: AccessLine[];
  next: string | null;
}

export interface ErasurePreview {
  sessions: number;
  active: number;
  bytes: number;
  firstAt: string | null;
  lastAt: string | null;
  more: boolean;
}

export interface ErasureReport {
  complete: boolean;
  erased: string[];
  objects: number;
  batches: number;
  bytes: number;
  failed: string[];
  reason: string | null;
}
