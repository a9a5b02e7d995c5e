/** Watches where the generators of one run are suspended. */

import { type Activation, Mode, Operation, OWES_CLEANUP } from "../abi.js";
import type { Core } from "../core.js";
import type { Definition } from "../definition.js";
import { ignoreFirstCalls, observeFirstCalls } from "../first-call.js";
import { disposeOf } from "../late-value.js";
import { Status } from "../status.js";

/** One suspension that a run came to. */
export interface SuspensionPoint {
  /** The how-manieth suspension of the run it is; 0 is the generator that was not started. */
  readonly index: number;
  /** The function whose generator is suspended. */
  readonly generator: string;
  /** What it is suspended at. */
  readonly at: string;
  /** The how-manieth suspension of that generator it is. */
  readonly nth: number;
}

const names: Record<number, string> = {
  [Operation.Await]: "await",
  [Operation.Yield]: "yield",
  [Operation.Delegate]: "yield*",
  [Operation.Next]: "for await",
  [Operation.Wait]: "for await",
  [Operation.Close]: "the end of a for await",
  [Operation.CloseQuietly]: "the end of a for await",
  [Operation.Dispose]: "the end of a using block",
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Instruments every generator that is first used while the probe is attached. */
export class Probe {
  readonly points: SuspensionPoint[] = [];
  private readonly counts = new Map<Core, number>();

  /** `suspended` is called synchronously, when the generator is about to wait. */
  constructor(private readonly suspended: (point: SuspensionPoint, core: Core) => void) {}

  /** Whether the generator was used in this run. */
  knows(core: Core): boolean {
    return this.counts.has(core);
  }

  attach(): void {
    observeFirstCalls(this.instrument);
  }

  detach(): void {
    ignoreFirstCalls(this.instrument);
  }

  /** The core's own step and `wake` report before they go on; other generators of the function are left alone. */
  private readonly instrument = (core: Core): void => {
    if (this.counts.has(core)) return;
    this.counts.set(core, 0);
    const { definition } = core;
    const probed: Mutable<Definition> = Object.create(definition);
    probed.step = (activation: Activation, variables: unknown): unknown => {
      const operand = definition.step(activation, variables);
      const operation = activation.op & ~OWES_CLEANUP;
      if (operation !== Operation.Return) this.reached(core, names[operation] as string);
      return operand;
    };
    (core as Mutable<Core>).definition = probed as Definition;
    const wake = core.wake;
    core.wake = (mode, value) => {
      const { length } = this.points;
      wake.call(core, mode, value);
      if (core.status === Status.Operating && this.points.length === length) {
        this.reached(core, names[core.op & ~OWES_CLEANUP] as string);
      }
    };
  };

  private reached(core: Core, at: string): void {
    const nth = (this.counts.get(core) as number) + 1;
    this.counts.set(core, nth);
    const point = { index: this.points.length + 1, generator: core.self.name || "anonymous", at, nth };
    this.points.push(point);
    this.suspended(point, core);
  }
}

/** Whether a promise stands between the core and what comes next. */
function waits({ status }: Core): boolean {
  return status >= Status.Awaiting && status < Status.Delivering && status !== Status.Draining;
}

/** Has the wait that the core is in never end, unless it is interrupted. */
export function hang(core: Core): void {
  if (!waits(core)) return;
  const wake = core.wake;
  const { waker } = core;
  core.wake = (mode, value) => {
    // An interruption revokes the waker before it resumes the body.
    if (waker !== null && core.waker === waker) {
      // What arrives nevertheless is what would have come too late.
      if (mode === Mode.Next) disposeOf(value);
      return;
    }
    core.wake = wake;
    wake.call(core, mode, value);
  };
}
