/** What a generator waits for, in words. */

import type { Core } from "./core.js";
import { titled } from "./describe.js";
import { coreOf } from "./handle.js";
import { getPrototypeOf, IntrinsicPromise, isObject } from "./intrinsics.js";
import { delegatedIterator } from "./pending.js";
import { positionOf } from "./positions.js";
import { Status } from "./status.js";

const waits: Partial<Record<Status, string>> = {
  [Status.Awaiting]: "an await",
  [Status.AwaitingYield]: "a yielded value",
  [Status.AwaitingResumption]: "a value given to return()",
  [Status.Draining]: "a value given to return()",
  [Status.AwaitingNext]: "an iterator",
  [Status.AwaitingClose]: "an iterator that is being closed",
  [Status.AwaitingQuietClose]: "an iterator that is being closed",
  [Status.AwaitingAnswer]: "an iterator",
};

/** What the generator waits for; undefined if it does not. */
export function waitOf(core: Core): string | undefined {
  if (core.status !== Status.Operating) return waits[core.status];
  return delegatedIterator(core) === undefined ? "a disposal" : "yield*";
}

interface Awaited {
  readonly waitingFor: string | undefined;
  readonly awaited: unknown;
  readonly awaitedKind: string | undefined;
}

/** The same with the object that it waits for. */
export function awaitedBy(core: Core): Awaited {
  const waitingFor = waitOf(core);
  if (waitingFor === undefined) return { waitingFor, awaited: undefined, awaitedKind: undefined };
  const awaited = delegatedIterator(core) ?? core.value;
  // While the answer of a compiled generator is on its way, its value is there already.
  const awaitedKind = core.status === Status.AwaitingAnswer ? undefined : kindOf(awaited);
  return { waitingFor, awaited, awaitedKind };
}

function kindOf(value: unknown): string {
  const core = coreOf(value);
  if (core !== undefined) return `async generator ${titled({ name: core.self.name, position: positionOf(core) })}`;
  if (!isObject(value)) return value === null || value === undefined ? String(value) : withArticle(typeof value);
  try {
    const name = classOf(value);
    if (name === "Promise" && value instanceof IntrinsicPromise) return "a promise";
    if (name !== undefined) return withArticle(name);
  } catch {
    // A revoked proxy.
  }
  return typeof value === "function" ? "a function" : "an object";
}

const withArticle = (noun: string): string => `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;

/** The name of the class, without running anything of the user's but a proxy's traps. */
function classOf(value: object): string | undefined {
  for (let at: object | null = value; at !== null; at = getPrototypeOf(at)) {
    const constructor: unknown = Object.getOwnPropertyDescriptor(at, "constructor")?.value;
    if (typeof constructor !== "function") continue;
    const name: unknown = Object.getOwnPropertyDescriptor(constructor, "name")?.value;
    return typeof name === "string" && name !== "" && name !== "Object" ? name : undefined;
  }
  return undefined;
}
