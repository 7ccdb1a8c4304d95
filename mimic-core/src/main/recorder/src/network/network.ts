import type { Scope } from "../host/scope";
import { recordBeacon } from "./beacon";
import { recordEventSource } from "./eventsource";
import { recordFetch } from "./fetch";
import type { Network } from "./request";
import { servedPage } from "./served";
import { watchTimings } from "./timing";
import { recordWebSocket } from "./websocket";
import { recordXhr } from "./xhr";

export function recordNetwork(scope: Scope, network: Network): void {
  watchTimings(scope);
  recordFetch(scope, network);
  recordXhr(scope, network);
  recordBeacon(scope, network);
  recordWebSocket(scope, network);
  recordEventSource(scope, network);
  servedPage();
}
