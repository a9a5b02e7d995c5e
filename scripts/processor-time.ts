/** What the browser's processes have computed: unlike the time on the clock, it is the same on a busy machine. */

import { readdirSync, readFileSync } from "node:fs";

const linesOf = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The process or the thread has just ended.
    return "";
  }
};
const threadsOf = (pid: string): string[] => {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
};

function childrenOf(pid: string): string[] {
  const children = threadsOf(pid).flatMap((thread) => linesOf(`/proc/${pid}/task/${thread}/children`).split(" "));
  return children.filter(Boolean).flatMap((child) => [child, ...childrenOf(child)]);
}

/** The processes of this one's browser. Only Linux tells; elsewhere there are none. */
export function browserProcesses(): string[] {
  return childrenOf(String(process.pid)).filter((pid) => linesOf(`/proc/${pid}/cmdline`).includes("chrom"));
}

/** Milliseconds, of all of their threads. */
export function processorTime(pids: readonly string[]): number {
  const nanoseconds = pids.flatMap((pid) =>
    threadsOf(pid).map((thread) => Number(linesOf(`/proc/${pid}/task/${thread}/schedstat`).split(" ")[0])),
  );
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6;
}
