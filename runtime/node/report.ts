import { describeOpenAsyncGenerators } from "../describe-open.js";
import { nodeProcess } from "./process.js";
import { knownSignals, listenTo } from "./signals.js";

/** When the report is made, and where it goes. */
export interface ReportOptions {
  /** The signal that asks for a report; null for none. Default: `"SIGUSR2"`, where the system has it. */
  readonly signal?: string | null | undefined;
  /** Takes the text. Default: standard error. */
  readonly write?: ((text: string) => void) | undefined;
}

/**
 * Prints which async generators are open, each under the one that reads it: when the program comes to its end, before they are
 * closed, and when a signal comes. Prints nothing where none is open. Returns a function that undoes it. Outside Node it does
 * nothing.
 *
 * @throws TypeError for a signal that the system does not have, or lets nobody listen to
 */
export function reportOpenAsyncGenerators({ signal, write = console.error }: ReportOptions = {}): () => void {
  const node = nodeProcess;
  if (node === undefined) return () => {};
  let last = "";
  const print = (): void => {
    const text = describeOpenAsyncGenerators();
    if (text !== "") write(text);
  };
  // What the shutdown at the end could not close is open at the exit still; it need not be shown again.
  const printAtEnd = (): void => {
    const text = describeOpenAsyncGenerators();
    const shown = text.replace(/; open for [^;\n]*/g, "");
    if (text !== "" && shown !== last) write(text);
    last = shown;
  };
  const standard = Object.hasOwn(knownSignals(), "SIGUSR2") ? "SIGUSR2" : null;
  const wanted = signal === undefined ? standard : signal;
  const stop = listenTo(node, wanted === null ? [] : [wanted], print);
  node.prependListener("beforeExit", printAtEnd);
  node.on("exit", printAtEnd);
  return () => {
    node.off("beforeExit", printAtEnd);
    node.off("exit", printAtEnd);
    stop();
  };
}
