import { expect } from "chai";
import { type Maker, runCompiled, runNatively } from "./support/interpreters.js";
import { randomScript, type Script } from "./support/script.js";
import { World } from "./support/world.js";

/** Seeds are consecutive; `ACLOSE_FUZZ=first:count` chooses others. */
const [first, count] = (process.env["ACLOSE_FUZZ"] ?? "1:4000").split(":").map(Number) as [number, number];

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function trace(make: Maker, script: Script): Promise<string[]> {
  const world = new World();
  const generator: any = make(script, world, () => generator);
  void world.startTicking();
  void drive(generator, script, world);
  // Ticks end only when the ticker is stopped, so it has to be stopped from a microtask.
  for (let i = 0; i < 250; i++) await undefined;
  world.stop();
  await turn();
  return world.log;
}

async function drive(generator: any, script: Script, world: World): Promise<void> {
  for (const [index, call] of script.calls.entries()) {
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
  it(`runs ${count} random programs tick for tick`, async function () {
    this.timeout(0);
    for (let seed = first; seed < first + count; seed++) {
      const script = randomScript(seed);
      const native = await trace(runNatively, script);
      const compiled = await trace(runCompiled, script);
      expect(compiled, `seed ${seed}\n${JSON.stringify(script, null, 1)}`).to.deep.equal(native);
    }
  });
});
