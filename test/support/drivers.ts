/** How a generator is driven. Drivers are plain data, so a failing one can be printed and replayed. */

import type { Log } from "./library.js";

export type SentValue =
  | "nothing"
  | "undefined"
  | "number"
  | "object"
  | "promise"
  | "rejected"
  | "thenable"
  | "rejecting"
  | "throwing"
  | "poisoned"
  | "unreadable"
  | "error";

export interface Request {
  readonly method: "next" | "throw" | "return";
  readonly value: SentValue;
  /** Whether to wait for this answer before the next request. */
  readonly wait: boolean;
}

export type Driver =
  | { readonly name: string; readonly requests: readonly Request[] }
  /** `for await` that leaves the loop after so many values. */
  | { readonly name: string; readonly leave: "break" | "throw" | "return" | "never"; readonly after: number };

/** More values than any test yields. */
const ENDLESS = 200;

function sent(kind: SentValue, index: number, scope: Record<string, any>): unknown[] {
  switch (kind) {
    case "nothing":
      return [];
    case "undefined":
      return [undefined];
    case "number":
      return [index];
    case "object":
      return [{ sent: index }];
    case "promise":
      return [Promise.resolve(`promised ${index}`)];
    case "error":
      return [new Error(`sent ${index}`)];
    case "poisoned":
      return [scope.poisoned()];
    default:
      return [scope[kind](`${kind} ${index}`)];
  }
}

async function send(
  generator: AsyncGenerator,
  requests: readonly Request[],
  scope: Record<string, any>,
  log: Log,
): Promise<void> {
  const answers: Promise<unknown>[] = [];
  for (const [index, { method, value, wait }] of requests.entries()) {
    const label = `${index} ${method}`;
    try {
      const promise = (generator[method] as (...args: unknown[]) => Promise<unknown>)(...sent(value, index, scope));
      const answer = promise.then(
        // Not adopted by this promise: what is thrown may be a thenable.
        (result) => void log(`${label} →`, result),
        (reason) => void log(`${label} ✗`, reason),
      );
      answers.push(answer);
      if (wait) await answer;
    } catch (thrown) {
      log(`${label} threw`, thrown);
    }
  }
  await Promise.all(answers);
}

async function iterate(
  generator: AsyncGenerator,
  leave: "break" | "throw" | "return" | "never",
  after: number,
  log: Log,
): Promise<unknown> {
  let count = 0;
  for await (const value of generator) {
    log("value", value);
    if (++count >= ENDLESS) throw new Error("endless");
    if (leave === "never" || count < after) continue;
    if (leave === "break") break;
    if (leave === "throw") throw new Error("consumer");
    return "left";
  }
  return "ended";
}

/** Calls the program's `main` and drives what it returns: a generator, a promise, or just a value. */
export async function drive(
  main: () => unknown,
  driver: Driver,
  scope: Record<string, unknown>,
  log: Log,
): Promise<void> {
  let result: any;
  try {
    result = main();
  } catch (thrown) {
    log("call threw", thrown);
    return;
  }
  try {
    if (typeof result?.next !== "function") log("main", await result);
    else if ("requests" in driver) await send(result, driver.requests, scope, log);
    else log("loop", await iterate(result, driver.leave, driver.after, log));
  } catch (thrown) {
    log("loop ✗", thrown);
  }
}

const request = (method: Request["method"], value: SentValue, wait: boolean): Request => ({ method, value, wait });

/** `next next! throw:error` – a `!` queues the following request without waiting, a value follows a colon. */
export function script(text: string): Driver {
  const requests = text.split(" ").map((word) => {
    const [, method, value = "nothing", queued] = /^(next|throw|return)(?::(\w+))?(!)?$/.exec(word)!;
    return request(method as Request["method"], value as SentValue, !queued);
  });
  return { name: text, requests };
}

const loop = (leave: "break" | "throw" | "return" | "never", after: number): Driver => ({
  name: `for await, ${leave} after ${after}`,
  leave,
  after,
});

/** The drivers that every behaviour case runs under. */
export const drivers: readonly Driver[] = [
  script("next:number next:number next:object next:number next:number next:number next:number next:number next:number"),
  script("next! next:number! next:promise! next:number! next:number! next! next! next! next! next"),
  script("next:number throw:error next:number next:number next:number"),
  script("next:number next:number throw:error throw:number next"),
  script("next next:number next:number throw:error next return:number next"),
  script("next return:number next:number next:number next"),
  script("next next:number return:object next next:number"),
  script("next next next return:rejected next next"),
  script("next! return:promise! next! throw:error! next"),
  script("next:thenable next:rejecting return:thenable next"),
  script("next! throw:rejected! return:rejecting! next"),
  script("next next:poisoned return:poisoned next return:throwing next"),
  script("return:number next"),
  script("throw:error next"),
  loop("never", 0),
  loop("break", 1),
  loop("throw", 2),
  loop("return", 3),
];
