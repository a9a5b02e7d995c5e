import { warn } from "../settings.js";
import { type ShutdownOptions, shutdownAsyncGenerators } from "../shutdown.js";
import { nodeModule, nodeProcess } from "./process.js";
import { knownSignals, listenTo } from "./signals.js";

/**
 * When one of the signals comes, closes all open generators and lets the process die of that signal. A second
 * signal does not wait any longer. Returns a function that undoes it. Outside Node it does nothing; in a worker thread, which gets no
 * signals, it warns.
 *
 * To die the process sends itself the signal again. A program whose own listeners would take that for a second one calls
 * `shutdownAsyncGenerators` in them instead.
 *
 * @param signals by default SIGINT and SIGTERM
 * @param options by default `{ interrupt: true, timeoutMs: 5000, rounds: 8 }`; others replace all three
 * @throws TypeError for what is no array, and for a signal that the system does not have, or lets nobody listen to; then it
 *   listens to none
 */
export function closeOnSignals(
  signals: readonly string[] = ["SIGINT", "SIGTERM"],
  options: ShutdownOptions = { interrupt: true, timeoutMs: 5000, rounds: 8 },
): () => void {
  const node = nodeProcess;
  if (node === undefined) return () => {};
  if (nodeModule("node:worker_threads")?.isMainThread === false)
    warn("closeOnSignals(): a worker thread gets no signals; have the main thread tell it to shut down");
  let isClosing = false;
  let isOver = false;
  const die = (signal: string): void => {
    if (isOver) return;
    isOver = true;
    stop();
    node.kill(node.pid, signal);
    // The kernel keeps such a signal from a container's first process, which would live on with everything closed.
    if (node.pid === 1 && node.listenerCount(signal) === 0) node.exit(128 + knownSignals()[signal]!);
  };
  const onSignal = (signal: string): void => {
    if (isClosing) return die(signal);
    isClosing = true;
    // It listens until then: other libraries, as signal-exit, kill the process as soon as nobody else does.
    // Node writes warnings of cleanups that failed a tick later.
    void shutdownAsyncGenerators(options).finally(() => node.nextTick(() => die(signal)));
  };
  const stop = listenTo(node, signals, onSignal);
  return stop;
}
