/** A few processes that work off a list of test runs. */

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Outcome } from "./execute.js";
import type { Setup, Task } from "./worker.js";

const TIMEOUT = 15_000;
/** Realms are never all collected; a process is replaced before that is felt. */
const RUNS_PER_PROCESS = 2500;

const workerFile = fileURLToPath(new URL("worker.ts", import.meta.url));
const nodeFlags = [
  "--import",
  "tsx",
  "--experimental-vm-modules",
  "--expose-gc",
  "--allow-natives-syntax",
  "--no-warnings",
  "--stack-size=900",
];

function start(setup: Setup): Promise<ChildProcess> {
  const child = fork(workerFile, [JSON.stringify(setup)], { execArgv: nodeFlags, serialization: "advanced" });
  return new Promise((resolve, reject) => {
    child.once("message", () => resolve(child));
    child.once("exit", (code) => reject(new Error(`a test process ended with code ${code} before it was ready`)));
  });
}

const failure = (detail: string): Outcome => ({ pass: false, detail, problems: [] });

/** Runs one task. `alive` is false when the process has to be replaced. */
function run(child: ChildProcess, task: Task): Promise<{ outcome: Outcome; alive: boolean }> {
  return new Promise((resolve) => {
    const end = (outcome: Outcome, alive: boolean): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      if (!alive) child.kill("SIGKILL");
      resolve({ outcome, alive });
    };
    const timer = setTimeout(() => end(failure("timed out"), false), TIMEOUT);
    child.once("message", (outcome: Outcome) => end(outcome, true));
    child.once("exit", (code, signal) => end(failure(`the process ended with ${signal ?? code}`), false));
    child.send(task);
  });
}

/** Works off all tasks with so many processes; outcomes come in the order of the tasks. */
export async function runAll(
  tasks: readonly Task[],
  setup: Setup,
  jobs: number,
  progress: (done: number) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    let child: ChildProcess | undefined;
    for (let runs = 0; next < tasks.length; runs++) {
      const index = next++;
      if (runs % RUNS_PER_PROCESS === RUNS_PER_PROCESS - 1) {
        child?.kill();
        child = undefined;
      }
      child ??= await start(setup);
      const { outcome, alive } = await run(child, tasks[index]!);
      if (!alive) child = undefined;
      outcomes[index] = outcome;
      progress(++done);
    }
    child?.kill();
  };
  await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, work));
  return outcomes;
}
