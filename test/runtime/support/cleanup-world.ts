import * as api from "../../../runtime/index.js";
import { compileScript } from "./compile.js";

const { programs } = compileScript("../cleanup/programs.js", import.meta.url);

export interface CleanupWorld {
  readonly lines: string[];
  readonly reports: api.AsyncGeneratorReport[];
  readonly warnings: string[];
  open(value?: unknown): void;
  readonly make: Record<string, (...args: any[]) => any>;
}

/** A fresh log, a gate that generators hang at, and settings that write to the log. */
export function world(): CleanupWorld {
  const lines: string[] = [];
  const reports: api.AsyncGeneratorReport[] = [];
  const warnings: string[] = [];
  let open!: (value?: unknown) => void;
  const gate = new Promise((resolve) => (open = resolve));
  api.configureAsyncGenerators({
    onError: (report) => void reports.push(report),
    onWarning: ({ message }) => void warnings.push(message),
  });
  return { lines, reports, warnings, open, make: programs({ log: (line: string) => lines.push(line), gate }) };
}

/** Uses a generator in a frame of its own, so that nothing keeps it. */
export async function abandon(generator: () => any, use: (generator: any) => unknown): Promise<void> {
  await use(generator());
}

/** Closes what a test has left open, and takes its settings back. */
export async function closeWorld(): Promise<void> {
  await api.shutdownAsyncGenerators({ interrupt: true, timeoutMs: 10 });
  api.resetAsyncGeneratorShutdown();
  api.configureAsyncGenerators({ onError: undefined as never, onWarning: undefined as never });
}
