import { noteCalls, patchConstructor } from "../host/disguise";
import { guarded } from "../host/guard";
import { perSecond } from "../host/limit";
import { addListener } from "../host/native";
import type { Scope } from "../host/scope";
import { cleanBody } from "./bodies";
import { Connections } from "./connections";
import { absolute, sizeOf, type Network } from "./request";

const MAX_PER_SECOND = 50;
let nextId = 1;

/** Records WebSocket connections: opening, direction and size of messages, closing; payloads only when configured. */
export function recordWebSocket(scope: Scope, network: Network): void {
  if (typeof window.WebSocket !== "function") return;
  const ids = new WeakMap<object, { id: string; url: string }>();
  const live = new Connections(scope);
  const admit = perSecond(MAX_PER_SECOND, "messages");

  const emit = (socket: { id: string; url: string }, kind: string, details: object): void => {
    network.emit("mimic/websocket@1", { id: socket.id, kind, url: socket.url, ...details }, 200);
  };

  const message = (socket: { id: string; url: string }, direction: "in" | "out", data: unknown): void => {
    if (!admit()) return;
    const details: Record<string, unknown> = { direction, size: sizeOf(data) ?? 0 };
    if (network.settings.network.websocketPayloads && !network.policy.strict && typeof data === "string") {
      details["payload"] = cleanBody(data, network.policy);
    }
    emit(socket, "message", details);
  };

  const watch = (socket: WebSocket): void => {
    const known = { id: `ws${nextId++}`, url: network.policy.url(absolute(socket.url)) };
    ids.set(socket, known);
    const undo = [
      addListener(socket, "open", () => emit(known, "open", { protocol: network.policy.text(socket.protocol) })),
      addListener(socket, "message", (event) => message(known, "in", (event as MessageEvent).data)),
      addListener(socket, "error", () => emit(known, "error", {})),
      addListener(socket, "close", (event) => {
        const { code, reason } = event as CloseEvent;
        live.end(undo);
        emit(known, "close", { code, reason: network.policy.text(reason) });
      }),
    ];
    live.begin(undo);
  };

  scope.add(
    patchConstructor(window, "WebSocket", (original, args, newTarget) => {
      const socket = Reflect.construct(original, args, newTarget) as WebSocket;
      guarded(watch)(socket);
      return socket;
    }),
  );
  scope.add(
    noteCalls(window.WebSocket.prototype, "send", (socket, [data]) => {
      const known = ids.get(socket);
      if (known) message(known, "out", data);
    }),
  );
}
