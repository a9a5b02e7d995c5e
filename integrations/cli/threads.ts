/** A list of tasks in worker threads. */

import { Worker } from "node:worker_threads";

/** What a worker answers: `fault` is what it threw, in words. */
export type Answer<Result> = { readonly result: Result } | { readonly fault: string };

/**
 * Each worker runs `script`, gets `shared` as its `workerData`, and answers every task with an {@link Answer}. The
 * results are in the order of the tasks; of several faults the first in that order is thrown.
 */
export async function inThreads<Task, Result>(
  script: string,
  shared: unknown,
  tasks: readonly Task[],
  count: number,
  done: () => void,
): Promise<Result[]> {
  const answers: Answer<Result>[] = [];
  let next = 0;
  const work = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      let index = -1;
      const give = () => {
        index = next++;
        if (index < tasks.length) worker.postMessage(tasks[index]);
        else resolve();
      };
      worker.on("message", (answer: Answer<Result>) => {
        answers[index] = answer;
        done();
        give();
      });
      worker.once("error", reject);
      worker.once("exit", (code) => reject(new Error(`a worker thread ended with exit code ${code}`)));
      give();
    });
  const workers = Array.from({ length: count }, () => new Worker(script, { workerData: shared }));
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return answers.map((answer) => {
    if ("fault" in answer) throw new Error(answer.fault);
    return answer.result;
  });
}
