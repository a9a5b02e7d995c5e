/** Runs the worker in a process of its own, on any engine. What ends or hangs that process is told, and the index it was at. */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Work } from "./work.js";
import type { Message } from "./worker.js";

/** Even the largest program takes a hundredth of it. A busy machine may not give a process its turn for half a minute. */
const HANG_MILLISECONDS = 120_000;

const workerFile = fileURLToPath(new URL("worker.ts", import.meta.url));

/** How a process ended before its work was done. */
interface Broken {
  /** The program that it was at; -1 when it did not come as far as the first. */
  readonly index: number;
  readonly reason: string;
}

interface Child {
  readonly node: string;
  readonly work: Work;
  /** Gets what the worker says; `stop` ends it. */
  readonly receive: (message: Message, stop: () => void) => void;
}

/** Resolves when the worker has ended, with what was wrong if it did not end by itself. */
export function runChild({ node, work, receive }: Child): Promise<Broken | undefined> {
  const child = fork(workerFile, {
    execPath: node,
    execArgv: ["--import", "tsx", "--experimental-vm-modules", "--no-warnings"],
  });
  return new Promise((resolve) => {
    let index = -1;
    let reason: string | undefined;
    let isStopped = false;
    const stop = (): void => {
      isStopped = true;
      child.kill("SIGKILL");
    };
    const hang = (): void => {
      reason = "does not end";
      child.kill("SIGKILL");
    };
    let timer = work.range && setTimeout(hang, HANG_MILLISECONDS);
    child.on("message", (message: Message) => {
      if (message.kind === "at") {
        index = message.index;
        clearTimeout(timer);
        timer = setTimeout(hang, HANG_MILLISECONDS);
      }
      receive(message, stop);
    });
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      if (isStopped || (code === 0 && !reason)) resolve(undefined);
      else resolve({ index, reason: reason ?? `the process ended with ${signal ?? `code ${code}`}` });
    });
    child.send(work);
  });
}
