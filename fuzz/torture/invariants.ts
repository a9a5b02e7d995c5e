/** What holds however consumers treat generators: every one closes, and each cleanup has run once. */

import { collectUntil } from "../../runtime/testing/collect.js";
import type { Options } from "../../transformer/index.js";
import { randomFrom } from "../random.js";
import type { Api, Copies } from "./copies.js";
import { Consumers, kinds } from "./operations.js";
import { programOf, type Shape } from "./program.js";
import { turn, World } from "./world.js";

/**
 * With `closes` cleanups come to an end by themselves, and one shutdown has to be enough; every other program has nothing that may cut
 * them short. With `collect` nobody closes what is left open in the end, but everybody forgets it. With `errors` only finally blocks fail, and what
 * they throw is followed to where it gets.
 */
export type Mode = "cleanup" | "closes" | "errors" | "collect";

/** How often what is open is closed: a cleanup that hangs gives up at its own time, and may open others. */
const ROUNDS = 8;

/** Turns of the event loop that a program's end may take. */
const PATIENCE = 300;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

let world: World | undefined;

/** Sees what gets to nobody else. */
export function watch(api: Api): void {
  api.configureAsyncGenerators({ onError: ({ exception }) => world?.reported(exception), onWarning: () => {} });
  process.on("unhandledRejection", (error: any) => {
    world?.seen(error, "unhandled");
    world?.faults.push(`unhandled: ${error?.stack ?? error}`);
  });
}

/** Gives what is wrong. */
export async function torture(
  seed: number,
  mode: Mode,
  copies: Copies,
  options: (index: number) => Options,
): Promise<World> {
  const shape = shapeOf(seed, mode);
  // What has refused to close in an earlier program.
  const openBefore = copies.apis[0]!.openAsyncGenerators().length;
  const texts = programOf(seed, shape);
  const F = copies.compile(texts, options);
  world = new World(F, seed, shape.functions, mode !== "collect", texts, mode === "closes" && isSparing(seed));
  const now = world;
  void keepTicking(now);
  const random = randomFrom(seed, 2);
  const consumers = new Consumers(now, copies.apis, random);
  const finalizers = consumers.roots.map((root) => countFinalizer(random.pick(copies.apis), root));
  const sparing = isSparing(seed) ? kinds.sparing : `${kinds.sparing} ${kinds.cutting}`;
  const names = { cleanup: kinds.everything, closes: sparing, errors: kinds.closing, collect: kinds.collecting }[mode];
  now.onReenter = (me, id) => {
    const kind = now.random.pick(kinds.inside.split(" "));
    consumers.perform(now.random, consumers.any(now.random), `${me}.${id}.${kind}`, kind);
  };
  await Promise.all([3, 4, 5].map((each) => consumers.act(randomFrom(seed, each), `${each}`, names)));
  now.write("the end");
  consumers.restoreHooks();
  if (mode === "closes") await closeOnce(now, consumers, copies.apis[0]!);
  else if (mode === "collect") await forgetAll(now, consumers, finalizers, copies.apis[0]!);
  else await closeAll(now, consumers, copies.apis[0]!);
  judgeEnd(now, copies.apis[0]!, shape, finalizers, openBefore);
  judgeAnswers(now, consumers, copies.apis[0]!);
  if (mode === "errors") judgeErrors(now);
  now.isRunning = false;
  copies.apis[0]!.resetAsyncGeneratorShutdown();
  return now;
}

const isSparing = (seed: number): boolean => (seed >> 2) % 2 === 0;

function shapeOf(seed: number, mode: Mode): Shape {
  return {
    functions: 2 + (seed % 4),
    yieldsInCleanup: mode === "cleanup" && seed % 7 === 0,
    hangs: mode !== "collect",
    using: true,
    reenters: mode === "cleanup" && seed % 2 === 0,
    onlyCleanupFails: mode === "errors",
    calmCleanup: mode === "closes",
    standard: false,
  };
}

async function keepTicking(now: World): Promise<void> {
  for (; now.isRunning; now.tick++) {
    await now.wait(20);
    await turn();
  }
}

interface Counted {
  count: number;
}

function countFinalizer(api: Api, generator: any): Counted {
  const counted = { count: 0 };
  api.addFinalizer(generator, () => void counted.count++);
  return counted;
}

async function closeAll(now: World, consumers: Consumers, api: Api): Promise<void> {
  const closing = { interrupt: true, timeoutMs: 3 };
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 1)
      for (const each of now.generators) consumers.track(`end ${round}`, each, () => each.aclose(closing).promise());
    await consumers.track(`end ${round}`, undefined, () => api.shutdownAsyncGenerators({ ...closing, rounds: 3 }));
    await sleep(4);
    await turn();
    const isClosed = (each: any): boolean => api.getAsyncGeneratorState(each) === "AGEN_CLOSED";
    if (round > 2 && now.generators.every(isClosed) && consumers.calls.every((each) => each.settled !== undefined))
      break;
  }
  consumers.closeScope().catch(() => {});
  await sleep(3);
  await turn();
}

/** What leaves cleanups their time has to come to its end by itself. */
async function closeOnce(now: World, consumers: Consumers, api: Api): Promise<void> {
  // A stream begins to read in a turn of its own.
  await sleep(1);
  const closing = consumers.track("end", undefined, () =>
    api.shutdownAsyncGenerators({ interrupt: true, rounds: ROUNDS }),
  );
  let isClosed = false;
  void closing.then(() => (isClosed = true));
  for (let left = PATIENCE; left > 0 && !isClosed; left--) await turn();
  void consumers.closeScope().catch(() => {});
  // Of those nobody has ever asked for anything.
  for (const each of now.generators) if (api.getAsyncGeneratorState(each) === "AGEN_CREATED") await each.aclose();
  await sleep(3);
  await turn();
}

async function forgetAll(now: World, consumers: Consumers, finalizers: readonly Counted[], api: Api): Promise<void> {
  now.forget();
  consumers.roots.length = 0;
  // What waits for a generator that nobody closes is closed in a later round.
  const isLeft = (): boolean =>
    [...now.tries.values()].every(({ left }) => left > 0) &&
    finalizers.every(({ count }) => count > 0) &&
    consumers.calls.every(({ settled }) => settled !== undefined);
  await collectUntil(() => isLeft() && api.openAsyncGenerators().length === 0, 40);
}

function judgeEnd(now: World, api: Api, shape: Shape, finalizers: readonly Counted[], openBefore: number): void {
  // A generator that yields while it closes stays open, as in Python.
  if (shape.yieldsInCleanup || now.lines.some((line) => line.includes("ignored GeneratorExit"))) return;
  for (const each of now.generators)
    if (api.getAsyncGeneratorState(each) !== "AGEN_CLOSED")
      now.faults.push(
        `open: ${JSON.stringify(api.inspectAsyncGenerator(each), (_, value) => (value instanceof Promise ? "promise" : value))}`,
      );
  for (const { label, left } of now.tries.values())
    if (left !== 1 && !label.startsWith("native")) now.faults.push(`${label} was left ${left} times`);
  if (api.openAsyncGenerators().length > openBefore) now.faults.push(`listed: ${api.describeOpenAsyncGenerators()}`);
  for (const { count } of finalizers) if (count !== 1) now.faults.push(`a finalizer ran ${count} times`);
}

function judgeAnswers(now: World, { calls }: Consumers, api: Api): void {
  const last = new Map<unknown, number>();
  for (const { name, generator, isOrdered, settled } of calls) {
    if (settled === undefined) {
      if (!generator || api.getAsyncGeneratorState(generator) === "AGEN_CLOSED")
        now.faults.push(`${name} has no answer`);
    } else if (isOrdered) {
      if (settled < (last.get(generator) ?? 0)) now.faults.push(`${name} was answered before an earlier call`);
      last.set(generator, settled);
    }
  }
}

/** The last error that leaves a generator gets to somebody, and to one. */
function judgeErrors(now: World): void {
  const thrown = [...now.thrown];
  for (const [error, { fates, besides }] of thrown) {
    const { message } = error as Error;
    if (fates.at(-1)?.startsWith("escaped") && !besides && error === thrown.at(-1)![0])
      now.faults.push(`${message} is lost: ${fates}`);
    const ends = new Set(fates.filter((fate) => !/^(escaped|caught|answers end)/.test(fate)));
    if (ends.size > 1) now.faults.push(`${message} got to several: ${fates}`);
  }
}
