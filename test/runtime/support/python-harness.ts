import { AsyncLocalStorage } from "node:async_hooks";
import * as api from "../../../runtime/index.js";
import { collect, settle } from "./collect.js";
import { Gate } from "./gate.js";

class AppError extends Error {
  override name = "AppError";
}

class OtherError extends Error {
  override name = "OtherError";
}

/** An asyncio task as far as the scenarios need it: cancelling it cancels the step that it waits for. */
class Task {
  current: api.Step<any> | undefined;
  state = "pending";
  done: Promise<void> = Promise.resolve();

  cancel(reason?: unknown): boolean {
    return this.current?.cancel(reason) ?? false;
  }
}

function text(value: unknown): string {
  if (value === undefined) return "none";
  if (Array.isArray(value)) return `[${value.map(text).join(",")}]`;
  return String(value);
}

function errorText(error: any): string {
  return `${error.name}:${error.message}`;
}

/** What the Python scenarios call `h`. */
export class Harness {
  readonly trace: string[] = [];
  readonly api = api;
  readonly AppError = AppError;
  readonly OtherError = OtherError;
  readonly settle = settle;
  readonly collect = collect;
  readonly text = text;
  readonly err = errorText;

  readonly log = (...parts: unknown[]): void => {
    this.trace.push(parts.map(text).join(""));
  };

  gate(): Gate {
    return new Gate();
  }

  /** What a task waits for when it is cancelled. */
  cancellable(): { promise: Promise<never>; cancel(): void } {
    let cancel!: () => void;
    const promise = new Promise<never>((_resolve, reject) => (cancel = () => reject(new api.CancelledError())));
    return { promise, cancel };
  }

  contextVariable(): AsyncLocalStorage<unknown> {
    return new AsyncLocalStorage();
  }

  /** A task that is not a loop. */
  work(body: () => PromiseLike<unknown>): Task {
    const task = new Task();
    const run = async (): Promise<void> => {
      try {
        await body();
        task.state = "done";
      } catch (error) {
        task.state = error instanceof api.CancelledError ? "cancelled" : `error:${errorText(error)}`;
      }
    };
    task.done = run();
    return task;
  }

  readonly step = async (label: string, step: PromiseLike<unknown>, withCause = false): Promise<void> => {
    try {
      this.log(label, "=value:", await step);
    } catch (error) {
      if (error instanceof api.StopAsyncIteration) this.log(label, "=done");
      else {
        this.log(label, "=error:", errorText(error));
        const cause = (error as Error).cause;
        if (withCause) this.log(label, ".cause=", errorText(cause));
      }
    }
  };

  state(generator: unknown, label = "state"): void {
    this.log(label, ":", api.getAsyncGeneratorState(generator).replace("AGEN_", ""));
  }

  /** Awaits the step in the background. */
  spawn(label: string, step: api.Step<any>): Task {
    const task = new Task();
    task.current = step;
    task.done = this.step(label, step);
    return task;
  }

  /** Python's `async for`, which closes nothing. */
  async each(generator: any, body: (value: any) => unknown, task = new Task()): Promise<void> {
    for (;;) {
      let value: unknown;
      try {
        task.current = generator.anext();
        value = await task.current;
      } catch (error) {
        if (error instanceof api.StopAsyncIteration) return;
        throw error;
      }
      if ((await body(value)) === "break") return;
    }
  }

  /** A task that reads the generator to its end. */
  loop(generator: any): Task {
    const task = new Task();
    const run = async (): Promise<void> => {
      try {
        await this.each(generator, (value) => this.log("item:", value), task);
        this.log("loop-end");
        task.state = "done";
      } catch (error) {
        this.log("consumer-caught:", errorText(error));
        task.state = error instanceof api.CancelledError ? "cancelled" : `error:${errorText(error)}`;
      }
    };
    task.done = run();
    return task;
  }

  task(task: Task): void {
    this.log("task:", task.state);
  }

  /** Runs with the hooks set, and sets the former ones again. */
  async hooks(firstIter: any, finalizer: any, body: () => Promise<void>): Promise<void> {
    const old = api.getAsyncGeneratorHooks();
    api.setAsyncGeneratorHooks({ firstIter, finalizer });
    try {
      await body();
    } finally {
      api.setAsyncGeneratorHooks(old);
    }
  }

  async shutdown(label = "shutdown", options?: api.ShutdownOptions): Promise<void> {
    await api.shutdownAsyncGenerators(options);
    this.log(label, "=value:none");
  }

  /** Runs a scenario and returns its trace. */
  static async run(scenario: (h: Harness) => Promise<void>): Promise<string[]> {
    const h = new Harness();
    api.configureAsyncGenerators({
      onError: ({ exception }) => h.log("report:", errorText(exception)),
      onWarning: ({ message }) =>
        h.log(message.endsWith("never awaited") ? "warn:RuntimeWarning" : "warn:ResourceWarning"),
    });
    try {
      await scenario(h);
      await settle();
    } finally {
      api.configureAsyncGenerators({ onError: undefined as never, onWarning: undefined as never });
      await api.shutdownAsyncGenerators({ interrupt: true, timeoutMs: 20 });
      api.resetAsyncGeneratorShutdown();
    }
    return h.trace;
  }
}
