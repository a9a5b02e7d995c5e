import type { Core } from "./core.js";
import { circumstances, counted, standing, titled } from "./describe.js";
import { inLaterTurn } from "./host.js";
import { type AsyncGeneratorInspection, inspectAll, knownCores, openAsyncGenerators } from "./inspect.js";
import { settings } from "./settings.js";

/** Throws when generators are open, with all that is known of each: for the end of a test. */
export function assertNoOpenAsyncGenerators(): void {
  const open = openAsyncGenerators();
  if (open.length > 0) throw new Error(describeLeaks(open));
}

/** A list of findings, and what to do about them. */
export function describeLeaks(open: readonly AsyncGeneratorInspection[]): string {
  return [`${counted(open.length)}:`, "", ...open.map(finding), "", ...advice(open)].join("\n");
}

function finding(inspection: AsyncGeneratorInspection, index: number): string {
  const number = `${index + 1}. `;
  const { openSince, readBy, creationStack } = inspection;
  const since = openSince === undefined ? "" : ` (since ${new Date(openSince).toISOString()})`;
  const [open, ...requests] = openSince === undefined ? ["", ...circumstances(inspection)] : circumstances(inspection);
  const details = [
    ...(open === "" ? [] : [`${open}${since}`]),
    readBy === undefined ? requests[0] || "nobody waits for it" : `read by ${titled(readBy)}`,
  ];
  return [
    `${number}${titled(inspection)}: ${standing(inspection)}`,
    `   ${details.join("; ")}`,
    ...(creationStack === undefined ? [] : ["   created", creationStack.replace(/^ */gm, "       ")]),
  ].join("\n");
}

function advice(open: readonly AsyncGeneratorInspection[]): string[] {
  const waits = open.some(({ activity }) => activity === "awaiting" || activity === "closing");
  const knowsCreation = open.some(({ creationStack }) => creationStack !== undefined) || settings.captureCreationStack;
  return [
    "Whoever opens a generator closes it: read it with `for await`, hold it with `await using`, or await its `return()`.",
    ...(waits ? ["One that waits for what never comes is closed by `aclose(generator, { interrupt: true })`."] : []),
    ...(knowsCreation
      ? []
      : ["`configureAsyncGenerators({ captureCreationStack: true })` shows where each was created."]),
  ];
}

/** How long a close that is under way at the end of a test may take: turns of the event loop, of a millisecond or more. */
const PATIENCE = 100;

/**
 * Finds what a piece of code, for example a test, leaves open. What was open before is not its business; a close that is under
 * way gets the time to end.
 */
export class LeakCheck {
  /** What was open at each beginning: of the first one, which stays, and of tests that have tests in them. */
  private readonly beginnings: WeakSet<Core>[] = [];
  private readonly reported = new WeakSet<Core>();

  /** Remembers what is open already. Pairs of `begin` and `end` nest, as tests do. */
  begin(): void {
    this.beginnings.push(new WeakSet(knownCores()));
  }

  /** What is open that was not, as text; undefined if there is nothing. Nothing is reported twice. */
  async end(): Promise<string | undefined> {
    const before = this.beginnings.length > 1 ? this.beginnings.pop() : this.beginnings[0];
    const opened = (): [Core, AsyncGeneratorInspection][] =>
      [...inspectAll(knownCores())].filter(([core]) => !before?.has(core) && !this.reported.has(core));
    let found = opened();
    for (let turn = 0; turn < PATIENCE; turn++) {
      await new Promise<void>((resolve) => inLaterTurn(resolve, true));
      found = opened();
      if (found.every(([, { activity }]) => activity !== "closing" && activity !== "running")) break;
    }
    for (const [core] of found) this.reported.add(core);
    return found.length > 0 ? describeLeaks(found.map(([, inspection]) => inspection)) : undefined;
  }
}
