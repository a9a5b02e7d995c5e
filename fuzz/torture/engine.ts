/** The same consumers, of standard methods only, with the program compiled and as it is: the complete logs must agree. */

import { AsyncLocalStorage } from "node:async_hooks";
import { compileFunction } from "node:vm";
import { randomFrom } from "../random.js";
import type { Copies } from "./copies.js";
import { programOf } from "./program.js";
import { turn, World } from "./world.js";

/** Whose call it is: each line of the log has that. */
const context = new AsyncLocalStorage<string>();

/** Gives where the logs differ. */
export async function differences(seed: number, copies: Copies): Promise<string[]> {
  const functions = 2 + (seed % 4);
  const scripts = programOf(seed, {
    functions,
    yieldsInCleanup: true,
    hangs: seed % 3 === 0,
    using: false,
    reenters: false,
    onlyCleanupFails: false,
    calmCleanup: false,
    standard: true,
  });
  const native = await trace(new World(runNatively(scripts), seed, functions), seed);
  const random = randomFrom(seed, 2);
  const isNative = scripts.map(() => seed % 4 === 0 && random.chance(0.4));
  const F = Object.assign(
    copies.compile(
      scripts.map((text, index) => (isNative[index] ? "" : text)),
      () => ({ ticks: "spec", debug: seed % 5 === 0 }),
    ),
    runNatively(scripts.filter((_, index) => isNative[index])),
  );
  const compiled = await trace(new World(F, seed, functions), seed);
  const first = native.findIndex((line, index) => line !== compiled[index]);
  if (first < 0 && native.length === compiled.length) return [];
  const at = first < 0 ? native.length : first;
  return [`native ${JSON.stringify(native.slice(at, at + 3))}, compiled ${JSON.stringify(compiled.slice(at, at + 3))}`];
}

function runNatively(scripts: readonly string[]): any {
  const exports = {};
  for (const text of scripts) compileFunction(text, ["exports"])(exports);
  return exports;
}

async function trace(world: World, seed: number): Promise<string[]> {
  void countTicks(world);
  world.mark = () => context.getStore() ?? "";
  const roots = [0, 1].map((index) => world.own(world.F[`f${index}`](world)));
  for (const each of [3, 4, 5]) void context.run(`${each}`, act, world, roots, `${each}`, seed);
  await world.wait(400);
  world.isRunning = false;
  await turn();
  return world.lines;
}

async function countTicks(world: World): Promise<void> {
  for (; world.isRunning; world.tick++) await undefined;
}

async function act(world: World, roots: readonly any[], name: string, seed: number): Promise<void> {
  const random = randomFrom(seed, Number(name));
  for (let index = 0; index < 6; index++) {
    const generator = random.chance(0.8) ? random.pick(roots) : world.shared(1 + random.below(world.functions - 1));
    const method = random.pick(["next", "next", "next", "next", "next", "return", "throw"]);
    const call = `${name}.${index}.${method}`;
    const answered = generator[method](argument(world, random, call, method)).then(
      (result: any) => world.write(`${call}: ${world.describe(result.value)} ${result.done}`),
      (error: unknown) => world.write(`${call} failed: ${world.describe(error)}`),
    );
    await (random.chance(0.35) ? Promise.race([answered, world.wait(12)]) : world.wait(random.below(6)));
    if (random.chance(0.05)) void read(world, generator, name, 1 + random.below(4));
  }
}

function argument(world: World, random: ReturnType<typeof randomFrom>, call: string, method: string): unknown {
  if (method === "throw") return world.error(call);
  const kind = random.pick(method === "return" ? ["good"] : ["good", "bad", "thenable"]);
  return random.chance(0.8) ? call : world.promise(call, random.below(4), kind);
}

async function read(world: World, generator: any, name: string, most: number): Promise<void> {
  try {
    for await (const value of generator) {
      world.write(`loop of ${name}: ${world.describe(value)}`);
      if (--most === 0) break;
    }
  } catch (error) {
    world.write(`loop of ${name} failed: ${world.describe(error)}`);
  }
}
