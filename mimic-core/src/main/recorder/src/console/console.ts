import type { EmitPlugin } from "../event";
import { stackHere, traceLines } from "../errors/stack";
import { patchMethod } from "../host/disguise";
import { noteFailure } from "../host/guard";
import { perSecond } from "../host/limit";
import type { Scope } from "../host/scope";
import type { Policy } from "../privacy/policy";
import { describeClean } from "./describe";

const LEVELS = (
  "log info warn error debug trace assert dir dirxml table group " +
  "groupCollapsed groupEnd count countReset time timeEnd timeLog clear"
).split(" ") as Array<keyof Console>;
const PER_SECOND = 30;
const MAX_ARGUMENTS = 20;

/** Records console calls in the format of rrweb's console plugin, at most 30 lines a second. */
export function recordConsole(scope: Scope, emit: EmitPlugin, policy: Policy, script: string): void {
  const admit = perSecond(PER_SECOND, "console lines");
  let within = false;

  const capture = (level: string, args: unknown[]): void => {
    if (!admit()) return;
    const shown = level === "assert" ? args.slice(1) : args;
    const payload = shown.slice(0, MAX_ARGUMENTS).map((value) => describeClean(value, policy));
    if (shown.length > MAX_ARGUMENTS) payload.push(`"… ${shown.length - MAX_ARGUMENTS} more"`);
    const trace = traceLines(stackHere(), script).map((line) => policy.url(line));
    const size = payload.reduce((sum, text) => sum + text.length, 100);
    emit("rrweb/console@1", { level, trace, payload }, size);
  };

  for (const level of LEVELS) {
    scope.add(
      patchMethod(console, level, (original, self, args) => {
        const answer: unknown = Reflect.apply(original, self, args);
        if (within || (level === "assert" && args[0])) return answer;
        within = true;
        try {
          capture(level, args);
        } catch (error) {
          noteFailure(error);
        } finally {
          within = false;
        }
        return answer;
      }),
    );
  }
}
