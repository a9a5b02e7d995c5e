/** One run: the same steps taken by a native and by a compiled generator, and what each of them did. */

import type { Engine, LogEvent, RunnerAnswer, Snapshot, Step } from "../protocol.js";
import type { Runner, Sandbox } from "./sandbox.js";

export const engines: readonly Engine[] = ["native", "compiled"];

/** What is known of one of the two. */
export interface Side {
  readonly log: LogEvent[];
  /** The last states that the body was suspended in, in their order, as states to resume in. */
  readonly suspensions: number[];
  snapshot: Snapshot;
  /** Ended: it failed to start, or it looped. */
  isDead: boolean;
}

/** More of them tell nothing more: those before have left what they owed. */
const mostSuspensions = 1000;

interface Worker extends Side {
  runner?: Runner;
  /** The turn of the last step is over. */
  isIdle: boolean;
}

export class Session {
  private readonly workers: Record<Engine, Worker>;
  private readonly steps: Step[] = [];
  private isPlaying = false;
  private isOver = false;
  private taken = 0;

  constructor(
    private readonly sandbox: Sandbox,
    private readonly programs: Readonly<Record<Engine, string>>,
    private readonly changed: () => void,
  ) {
    this.workers = { native: newWorker(), compiled: newWorker() };
  }

  get sides(): Readonly<Record<Engine, Side>> {
    return this.workers;
  }

  /** Whether a step has no answer yet. */
  get isWaiting(): boolean {
    return engines.some((engine) => !this.workers[engine].isDead && this.workers[engine].snapshot.queue.length > 0);
  }

  async start(): Promise<void> {
    await Promise.all(
      engines.map(async (engine) => {
        const worker = this.workers[engine];
        const fail = (text: string): void => {
          worker.isDead = true;
          worker.log.push({ kind: "error", text });
          this.update();
        };
        const runner = await this.sandbox.spawn((answer) => this.hear(worker, answer), fail);
        if (this.isOver) return runner.end();
        worker.runner = runner;
        runner.send({ kind: "start", engine, program: this.programs[engine] });
      }),
    );
  }

  /** Takes a step after those that were asked for before. */
  add(step: Step): void {
    this.steps.push(step);
    this.update();
  }

  end(): void {
    this.isOver = true;
    for (const engine of engines) this.workers[engine].runner?.end();
  }

  private hear(worker: Worker, answer: RunnerAnswer): void {
    if (this.isOver) return;
    if (answer.kind === "event") worker.log.push(answer.event);
    else if (answer.kind === "snapshot") {
      worker.snapshot = answer.snapshot;
      worker.suspensions.push(...answer.suspensions);
      worker.suspensions.splice(0, worker.suspensions.length - mostSuspensions);
    } else if (answer.kind === "ready" || answer.step === this.taken - 1) worker.isIdle = true;
    // An answer to a ping has changed nothing.
    else return;
    if (answer.kind === "ready" && answer.failed) {
      worker.isDead = true;
      worker.runner?.end();
    }
    this.update();
  }

  /** Takes the steps that can be taken, and tells what has changed. */
  private update(): void {
    if (this.isPlaying) return;
    this.isPlaying = true;
    for (let step = this.steps[this.taken]; step && this.canTake(step); step = this.steps[this.taken]) {
      const number = this.taken++;
      for (const engine of engines) {
        const worker = this.workers[engine];
        if (worker.isDead) continue;
        worker.isIdle = false;
        worker.runner!.send({ kind: "step", step, number });
      }
    }
    this.isPlaying = false;
    this.changed();
  }

  private canTake({ atOnce }: Step): boolean {
    const alive = engines.map((engine) => this.workers[engine]).filter(({ isDead }) => !isDead);
    return alive.length > 0 && alive.every(({ isIdle }) => isIdle) && (atOnce || !this.isWaiting);
  }
}

function newWorker(): Worker {
  return {
    log: [],
    suspensions: [],
    snapshot: { status: "unknown", queue: [], locals: [] },
    isDead: false,
    isIdle: false,
  };
}
