import { noteCalls } from "../host/disguise";
import type { Scope } from "../host/scope";
import { Exchange, sizeOf, type Network } from "./request";

/** Records `navigator.sendBeacon`, whose answer nobody ever sees. */
export function recordBeacon(scope: Scope, network: Network): void {
  scope.add(
    noteCalls(Navigator.prototype, "sendBeacon", (_navigator, [url, body], accepted) => {
      const exchange = new Exchange(network, "beacon", "POST", String(url));
      const size = sizeOf(body);
      if (size !== undefined) exchange.record.requestSize = size;
      exchange.end(accepted ? {} : { error: "network" });
    }),
  );
}
