import { type NodeProcess, nodeModule } from "./process.js";

/** The numbers of the system's signals, by their names. */
export const knownSignals = (): Readonly<Record<string, number>> => nodeModule("node:os")?.constants?.signals ?? {};

/** Listens to all of the signals, or to none. Returns a function that undoes it. */
export function listenTo(
  node: NodeProcess,
  signals: readonly string[],
  listener: (signal: string) => void,
): () => void {
  if (!Array.isArray(signals)) throw new TypeError(`signals must be an array of names, got ${String(signals)}`);
  const known = knownSignals();
  for (const signal of signals) if (!Object.hasOwn(known, signal)) throw new TypeError(`unknown signal ${signal}`);
  const stop = (): void => {
    for (const signal of signals) node.off(signal, listener);
  };
  for (const signal of signals)
    try {
      node.on(signal, listener);
    } catch (cause) {
      stop();
      throw new TypeError(`${signal} cannot be listened to`, { cause });
    }
  return stop;
}
