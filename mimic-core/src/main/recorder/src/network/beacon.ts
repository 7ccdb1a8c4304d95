import { patchMethod } from "../host/disguise";
import { guarded } from "../host/guard";
import type { Scope } from "../host/scope";
import { Exchange, sizeOf, type Network } from "./request";

/** Records `navigator.sendBeacon`, whose answer nobody ever sees. */
export function recordBeacon(scope: Scope, network: Network): void {
  scope.add(
    patchMethod(Navigator.prototype, "sendBeacon", (original, self, args) => {
      const accepted: unknown = Reflect.apply(original, self, args);
      guarded(() => {
        const exchange = new Exchange(network, "beacon", "POST", String(args[0]));
        const size = sizeOf(args[1]);
        if (size !== undefined) exchange.record.requestSize = size;
        exchange.end(accepted ? {} : { error: "network" });
      })();
      return accepted;
    }),
  );
}
