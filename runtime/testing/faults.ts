import type { Core } from "../core.js";
import { cancelPending } from "../interrupt.js";
import { aclose } from "../python.js";
import { shutdownAsyncGenerators, shutdownAtEnd } from "../shutdown.js";
import { hang } from "./probe.js";
import { InjectedFault, type ResourceTracker } from "./resources.js";

/** What can befall a generator at a suspension point. */
export type Fault =
  | "return"
  | "throw"
  | "cancel"
  | "interrupting close"
  | "abandon"
  | "shutdown"
  | "process end"
  | "hang"
  | "error in cleanup";

/** Where a fault strikes. */
export interface Target {
  readonly generator: AsyncGenerator<unknown, unknown, unknown>;
  /** The generator's own core. */
  readonly core: Core;
  /** The core that is suspended: the generator's, or that of one which it reads. */
  readonly suspended: Core;
  readonly resources: ResourceTracker;
  /** How long a hanging cleanup may take. */
  readonly timeoutMs: number;
}

/** Lets the fault happen; resolves when what it asked for is done. */
export const strike: Record<Exclude<Fault, "abandon">, (target: Target) => unknown> = {
  return: ({ generator }) => generator.return(undefined),
  throw: ({ generator }) => generator.throw(new InjectedFault("thrown in")),
  cancel: ({ generator, core }) => cancelPending(core, "cancelled by the test") || generator.return(undefined),
  "interrupting close": interruptingClose,
  shutdown: ({ timeoutMs }) => shutdownAsyncGenerators({ interrupt: true, timeoutMs }),
  "process end": ({ suspended }) => {
    // The process would not end if anything else were still going to happen.
    hang(suspended);
    return shutdownAtEnd();
  },
  hang: (target) => {
    hang(target.suspended);
    return interruptingClose(target);
  },
  "error in cleanup": (target) => {
    target.resources.failsNextClose = true;
    return interruptingClose(target);
  },
};

/** All of them. */
export const faults = [...Object.keys(strike), "abandon"] as Fault[];

/** At once: whoever waits for the step to be awaited finds the generator at its next suspension. */
function interruptingClose({ generator, timeoutMs }: Target): Promise<unknown> {
  return aclose(generator, { interrupt: true, timeoutMs }).promise();
}
