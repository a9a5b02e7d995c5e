import type { Core } from "../core.js";
import { expires } from "../expires.js";
import { coreOf } from "../handle.js";
import { trackedCores } from "../registry.js";
import { Status } from "../status.js";
import { turn } from "./collect.js";
import { type Fault, strike } from "./faults.js";
import { Probe, type SuspensionPoint } from "./probe.js";
import { ResourceTracker } from "./resources.js";

/** Makes the generator under test. What it opens, it opens through the tracker. */
export type FaultProgram = (resources: ResourceTracker) => AsyncGenerator<unknown, unknown, unknown>;

export interface RunOptions {
  /** How many values the consumer takes before it closes the generator. */
  readonly maxItems: number;
  /** How long a run, and a hanging cleanup, may take. */
  readonly timeoutMs: number;
}

const START: SuspensionPoint = { index: 0, generator: "", at: "before the first next()", nth: 0 };

/** One run of a program under one fault at one suspension point; without a fault it finds the points. */
export class Run {
  readonly resources = new ResourceTracker();
  readonly probe = new Probe((point, core) => this.suspended(point, core));
  /** Where the fault struck; undefined if the run never came there. */
  struck: SuspensionPoint | undefined;
  hasEnded = false;
  private generator: AsyncGenerator<unknown, unknown, unknown> | undefined;
  private core: Core | undefined;
  private consequence: Promise<unknown> | undefined;
  /** The subject itself is to be struck at a yield: once the consumer has the value. */
  private due: SuspensionPoint | undefined;

  constructor(
    private readonly program: FaultProgram,
    private readonly options: RunOptions,
    private readonly fault?: Fault,
    private readonly index = 0,
  ) {}

  /** Runs the program to its end, or to the point where it is abandoned. */
  async execute(): Promise<void> {
    this.probe.attach();
    try {
      this.begin();
      this.hasEnded = !(await expires(this.consume(), this.options.timeoutMs * 4));
    } finally {
      this.generator = undefined;
      this.probe.detach();
    }
  }

  /** What is still open, once everything had the time to be closed. */
  async leaks(): Promise<string[]> {
    for (let i = 0; i < 50 && !this.isClean(); i++) await turn();
    return this.isClean() ? [] : this.describeLeaks();
  }

  isClean(): boolean {
    return this.resources.leaked().length === 0 && this.stillRegistered().length === 0 && this.hasEnded;
  }

  private stillRegistered(): Core[] {
    return trackedCores().filter((core) => this.probe.knows(core));
  }

  describeLeaks(): string[] {
    const leaks = this.resources.leaked().map((each) => `${each} is open`);
    for (const core of this.stillRegistered()) leaks.push(`generator ${core.self.name} is registered`);
    if (!this.hasEnded) leaks.push("the generator did not end in time");
    return leaks;
  }

  private begin(): void {
    this.generator = this.program(this.resources);
    this.core = coreOf(this.generator);
    if (this.core === undefined)
      throw new TypeError("aclose/testing: the program's generator is not compiled by aclose");
    if (this.fault !== undefined && this.index === 0) this.strike(START, this.core);
  }

  /** Called while the generator is about to wait: the fault comes when it does. */
  private suspended(point: SuspensionPoint, core: Core): void {
    if (this.fault === undefined || point.index !== this.index) return;
    if (core === this.core && point.at === "yield") this.due = point;
    else void Promise.resolve().then(() => this.strike(point, core));
  }

  private strike(point: SuspensionPoint, suspended: Core): void {
    const { generator, core, fault, resources } = this;
    if (generator === undefined || core === undefined || fault === undefined) return;
    this.struck = point;
    if (fault === "abandon") {
      this.generator = undefined;
      return;
    }
    const { timeoutMs } = this.options;
    const target = { generator, core, suspended, resources, timeoutMs };
    const work = async (): Promise<unknown> => strike[fault](target);
    this.consequence = work().catch(() => {});
  }

  private async consume(): Promise<void> {
    for (let items = 0; this.generator !== undefined; items++) {
      const leaves = items >= this.options.maxItems;
      try {
        const result = await (leaves ? this.generator.return(undefined) : this.generator.next());
        if (result.done || (leaves && items > 2 * this.options.maxItems)) break;
      } catch {
        // What the program throws is its own business; here only its resources count.
        break;
      }
      const { due, core } = this;
      this.due = undefined;
      if (due !== undefined) {
        this.strike(due, core as Core);
        await this.consequence;
      }
    }
    await this.consequence;
    if (this.fault !== "abandon" && this.core?.status !== Status.Completed) await turn();
  }
}
