/** Where engines deviate from the standard, found by asking them, and what is left to compare there. */

import type { Driver, Request } from "./drivers.js";

export interface Deviations {
  /** Node 20: a synchronous iterator without `throw` is not closed when an async generator delegates to it. */
  readonly keepsAdaptedOpen: boolean;
  /** Node 22 to 26: in `yield*`, a `return` with a promise that rejects arrives as `next`, not as `throw`. */
  readonly returnsRejectedAsNext: boolean;
  /** Node 24 to 26: an adapted synchronous iterator is closed after its own method has thrown. */
  readonly closesFailedAdapted: boolean;
}

/** What can stand between two tokens, as the text of an expression. */
const GAP = String.raw`(?:\s|/\*[^]*?\*/|//.*)*`;
const DELEGATES = new RegExp(String.raw`\byield${GAP}\*`);

const REJECTING: readonly string[] = ["rejected", "rejecting", "throwing", "poisoned", "unreadable"];

async function keepsAdaptedOpen(): Promise<boolean> {
  const generator = (async function* () {
    yield* [1];
  })();
  await generator.next();
  return generator.throw(undefined).then(
    () => true,
    (reason) => !(reason instanceof TypeError),
  );
}

async function returnsRejectedAsNext(): Promise<boolean> {
  let caught = false;
  async function* inner(): AsyncGenerator<number> {
    try {
      yield 1;
    } catch {
      caught = true;
    }
  }
  const generator = (async function* () {
    yield* inner();
  })();
  await generator.next();
  await generator.return(Promise.reject(new Error("rejected"))).catch(() => undefined);
  return !caught;
}

async function closesFailedAdapted(): Promise<boolean> {
  let closed = false;
  const failing = {
    [Symbol.iterator]: () => ({
      next: (): IteratorResult<number> => {
        throw new Error("next");
      },
      return: () => {
        closed = true;
        return { value: undefined, done: true as const };
      },
    }),
  };
  const generator = (async function* () {
    yield* failing;
  })();
  await generator.next().catch(() => undefined);
  return closed;
}

let known: Promise<Deviations> | undefined;

async function ask(): Promise<Deviations> {
  return {
    keepsAdaptedOpen: await keepsAdaptedOpen(),
    returnsRejectedAsNext: await returnsRejectedAsNext(),
    closesFailedAdapted: await closesFailedAdapted(),
  };
}

export function deviations(): Promise<Deviations> {
  known ??= ask();
  return known;
}

const returnsRejected = ({ method, value }: Request): boolean => method === "return" && REJECTING.includes(value);

/** Whether a driver throws into the generator. A `return` with what rejects arrives as a throw. */
export const throwsInto = (driver: Driver): boolean =>
  "requests" in driver && driver.requests.some((each) => each.method === "throw" || returnsRejected(each));

/** The driver, without what this engine gets wrong for the program. */
export function driverFor(driver: Driver, source: string, { returnsRejectedAsNext }: Deviations): Driver {
  if (!returnsRejectedAsNext || !("requests" in driver) || !DELEGATES.test(source)) return driver;
  const requests = driver.requests.map((each) =>
    returnsRejected(each) ? { ...each, value: "number" as const } : each,
  );
  return { ...driver, requests };
}

/** Events that this engine adds. */
export function isExtraEvent(text: string, source: string, { closesFailedAdapted }: Deviations): boolean {
  if (!closesFailedAdapted) return false;
  const name = /^(\w+)\.return\b/.exec(text)?.[1];
  if (name === undefined) return false;
  const given = name === "undefined" ? String.raw`\)` : `"${name}"`;
  return new RegExp(String.raw`\bsync(?:${GAP}[()])+${GAP}${given}`).test(source);
}
