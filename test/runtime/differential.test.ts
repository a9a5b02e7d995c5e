import { expect } from "chai";
import * as api from "../../runtime/index.js";
import { deviations } from "../support/engine.js";
import { compileScript, runScriptNatively } from "./support/compile.js";
import { type Maker, runCompiled, runNatively } from "./support/interpreters.js";
import { randomNestedScript } from "./support/nested-script.js";
import { type Call, callsFor, randomScript } from "./support/script.js";
import { World } from "./support/world.js";

/** Seeds are consecutive; `ACLOSE_FUZZ=first:count` chooses others. */
const [first, count] = (process.env["ACLOSE_FUZZ"] ?? "1:4000").split(":").map(Number) as [number, number];

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

type Start = (world: World, self: () => any) => any;

async function trace(start: Start, calls: readonly Call[]): Promise<string[]> {
  const world = new World();
  const generator: any = start(world, () => generator);
  void world.startTicking();
  void drive(generator, calls, world);
  // Ticks end only when the ticker is stopped, so it has to be stopped from a microtask.
  for (let i = 0; i < 250; i++) await undefined;
  world.stop();
  await turn();
  return world.log;
}

async function drive(generator: any, calls: readonly Call[], world: World): Promise<void> {
  for (const [index, call] of calls.entries()) {
    const sent = world.value(call.value, `Sent${index}`);
    const promise: Promise<any> = generator[call.method](sent);
    const answered = promise.then(
      (result) => world.write(`${call.method}${index}: ${world.describe(result.value)} ${result.done}`),
      (error) => world.write(`${call.method}${index} failed: ${world.describe(error)}`),
    );
    if (call.pause === "answer") await answered;
    else for (let i = 0; i < call.pause; i++) await undefined;
  }
}

describe("spec runtime against the engine", () => {
  // The programs leave generators open, and some of these refuse to close.
  before(() => api.configureAsyncGenerators({ onError: () => {} }));
  after(async () => {
    await api.shutdownAsyncGenerators({ interrupt: true, timeoutMs: 10 });
    api.resetAsyncGeneratorShutdown();
    api.configureAsyncGenerators({ onError: undefined as never });
  });

  it(`runs ${count} random programs tick for tick`, async function () {
    this.timeout(0);
    const engine = await deviations();
    for (let seed = first; seed < first + count; seed++) {
      const script = randomScript(seed);
      const start =
        (make: Maker): Start =>
        (world, self) =>
          make(script, world, self);
      const calls = callsFor(script.calls, engine);
      const native = await trace(start(runNatively), calls);
      const compiled = await trace(start(runCompiled), calls);
      expect(compiled, `seed ${seed}\n${JSON.stringify(script, null, 1)}`).to.deep.equal(native);
    }
  });

  it(`runs ${count} random nests of generators tick for tick`, async function () {
    this.timeout(0);
    const engine = await deviations();
    const native = runScriptNatively("./support/nested.js", import.meta.url);
    const compiled = compileScript("./support/nested.js", import.meta.url);
    for (let seed = first; seed < first + count; seed++) {
      const script = randomNestedScript(seed);
      const start =
        (source: any): Start =>
        (world) =>
          source.make(world)(script.nested, 0);
      const calls = callsFor(script.calls, engine);
      const expected = await trace(start(native), calls);
      const actual = await trace(start(compiled), calls);
      expect(actual, `seed ${seed}\n${JSON.stringify(script)}`).to.deep.equal(expected);
    }
  });
});
