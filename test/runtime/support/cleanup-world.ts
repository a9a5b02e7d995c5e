import * as api from "../../../runtime/index.js";
import { compileScript } from "./compile.js";
import { Gate } from "./gate.js";

const { programs } = compileScript("../cleanup/programs.js", import.meta.url);

interface CleanupWorld {
  readonly lines: string[];
  readonly log: (line: unknown) => void;
  readonly reports: api.AsyncGeneratorReport[];
  readonly warnings: string[];
  readonly gate: Promise<unknown>;
  readonly open: (value?: unknown) => void;
  readonly make: Record<string, (...args: any[]) => any>;
}

/** A fresh log, a gate that generators hang at, and settings that write to the log. */
export function world(): CleanupWorld {
  const lines: string[] = [];
  const reports: api.AsyncGeneratorReport[] = [];
  const warnings: string[] = [];
  const log = (line: unknown): void => void lines.push(String(line));
  const { promise: gate, open } = new Gate();
  api.configureAsyncGenerators({
    onError: (report) => void reports.push(report),
    onWarning: ({ message }) => void warnings.push(message),
  });
  return { lines, log, reports, warnings, gate, open, make: programs({ log, gate }) };
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
