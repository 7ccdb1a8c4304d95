import { noteCalls, patchConstructor } from "../host/disguise";
import { guarded } from "../host/guard";
import { perSecond } from "../host/limit";
import { addListener } from "../host/native";
import type { Scope } from "../host/scope";
import { Connections } from "./connections";
import { absolute, sizeOf, type Network } from "./request";

const MAX_PER_SECOND = 50;
let nextId = 1;

/** Records server-sent events: opening, unnamed messages by size, errors and closing. */
export function recordEventSource(scope: Scope, network: Network): void {
  if (typeof window.EventSource !== "function") return;
  const known = new WeakMap<object, { emit: (kind: string, details?: object) => void; undo: Array<() => void> }>();
  const live = new Connections(scope);
  const admit = perSecond(MAX_PER_SECOND, "messages");

  const watch = (source: EventSource): void => {
    const id = `es${nextId++}`;
    const url = network.policy.url(absolute(source.url));
    const emit = (kind: string, details: object = {}): void =>
      network.emit("mimic/eventsource@1", { id, kind, url, ...details }, 160);
    const undo = [
      addListener(source, "open", () => emit("open")),
      addListener(source, "error", () => {
        emit("error");
        // The browser has given up on it.
        if (source.readyState === 2) live.end(undo);
      }),
      addListener(source, "message", (event) => {
        if (admit()) emit("message", { event: "message", size: sizeOf((event as MessageEvent).data) ?? 0 });
      }),
    ];
    known.set(source, { emit, undo });
    live.begin(undo);
  };

  scope.add(
    patchConstructor(window, "EventSource", (original, args, newTarget) => {
      const source = Reflect.construct(original, args, newTarget) as EventSource;
      guarded(watch)(source);
      return source;
    }),
  );
  scope.add(
    noteCalls(window.EventSource.prototype, "close", (source) => {
      const connection = known.get(source);
      if (!connection) return;
      known.delete(source);
      live.end(connection.undo);
      connection.emit("close");
    }),
  );
}
