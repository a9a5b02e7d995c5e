import { fstatSync, readdirSync, statSync } from "node:fs";
import { ledger } from "./ledger.js";

/** What is open in this process. */
export interface Measurement {
  /** File descriptors of the data file; null where the system does not list them. */
  readonly files: number | null;
  /** Sockets that keep the process alive. */
  readonly sockets: number;
  /** Calls of `next()` and `return()` without an answer. */
  readonly calls: number;
  /** `finally` blocks that have not run. */
  readonly finally: number;
}

function isOpenFile(descriptor: string, inode: number): boolean {
  try {
    return fstatSync(Number(descriptor)).ino === inode;
  } catch {
    // The descriptor with which the folder itself was read.
    return false;
  }
}

function openDescriptors(path: string): number | null {
  const { ino } = statSync(path);
  try {
    return readdirSync("/dev/fd").filter((descriptor) => isOpenFile(descriptor, ino)).length;
  } catch {
    return null;
  }
}

export function measure(path: string): Measurement {
  return {
    files: openDescriptors(path),
    sockets: process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length,
    calls: ledger.calls,
    finally: ledger.blocks,
  };
}

export function isClean({ files, sockets, calls, finally: blocks }: Measurement): boolean {
  return (files ?? 0) + sockets + calls + blocks === 0;
}
