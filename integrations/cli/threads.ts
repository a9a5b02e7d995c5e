/** A list of tasks for this thread and for worker threads: who is free takes the next one. */

import { setImmediate } from "node:timers/promises";
import { inspect } from "node:util";
import { Worker } from "node:worker_threads";

/** What became of a task: `fault` is what was thrown, in words. */
type Answer<Result> = { readonly result: Result } | { readonly fault: string };

/** What a worker posts. */
export type Answered<Result> = readonly [index: number, answer: Answer<Result>];

/** What a worker has as its `workerData`. `next` is the index of the first task that nobody has taken, in shared memory. */
export interface Share<Task, Setup> {
  readonly tasks: readonly Task[];
  readonly next: Int32Array;
  readonly setup: Setup;
}

/** The answers to the tasks that nobody else takes, each when it is asked for. */
export function* answers<Task, Setup, Result>(
  { tasks, next, setup }: Share<Task, Setup>,
  work: (task: Task, setup: Setup) => Result,
): Generator<Answered<Result>> {
  for (let index: number; (index = Atomics.add(next, 0, 1)) < tasks.length; ) {
    let answer: Answer<Result>;
    try {
      answer = { result: work(tasks[index] as Task, setup) };
    } catch (error) {
      answer = { fault: inspect(error) };
    }
    yield [index, answer];
  }
}

/**
 * `work` is done here and in `count - 1` workers, which run `script`: it posts its {@link answers}. The results are in the
 * order of the tasks; of several faults the first in that order is thrown.
 */
export async function inThreads<Task, Setup, Result>(
  script: string,
  count: number,
  tasks: readonly Task[],
  setup: Setup,
  work: (task: Task, setup: Setup) => Result,
  done: () => void,
): Promise<Result[]> {
  const share: Share<Task, Setup> = { tasks, next: new Int32Array(new SharedArrayBuffer(4)), setup };
  const all: Answer<Result>[] = [];
  const take = ([index, answer]: Answered<Result>) => {
    all[index] = answer;
    done();
  };
  const workers = Array.from({ length: count - 1 }, () => new Worker(script, { workerData: share }));
  const ends = Promise.all(workers.map((worker) => endOf(worker.on("message", take))));
  try {
    const own = async () => {
      for (const answered of answers(share, work)) {
        take(answered);
        // For what the others have posted meanwhile.
        await setImmediate();
      }
    };
    await Promise.all([ends, own()]);
  } finally {
    // Where a worker has failed, the others need not go on, nor this thread.
    Atomics.store(share.next, 0, tasks.length);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return all.map((answer) => {
    if ("fault" in answer) throw new Error(answer.fault);
    return answer.result;
  });
}

function endOf(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`a worker thread ended with exit code ${code}`)),
    );
  });
}
