/** Random functions that read from each other, wait, fail and clean up. What they call is in `world.ts`. */

import { type Random, randomFrom } from "../random.js";

/** What programs are made of: each way of judging excludes what it could say nothing about. */
export interface Shape {
  readonly functions: number;
  /** Whether finally blocks yield, which a generator that closes must not. */
  readonly yieldsInCleanup: boolean;
  /** Whether some promises never settle. */
  readonly hangs: boolean;
  readonly using: boolean;
  /** Whether bodies call methods of generators, of themselves too. */
  readonly reenters: boolean;
  /** Nothing fails but finally blocks: what they throw must get somewhere. */
  readonly onlyCleanupFails: boolean;
  /** Cleanups take their time, and come to their end by themselves. */
  readonly calmCleanup: boolean;
  /** Only what the engine has too. */
  readonly standard: boolean;
}

const DEEPEST = 4;

/** A script for each function, so that they can be compiled for different copies of the runtime. */
export function programOf(seed: number, shape: Shape): string[] {
  const random = randomFrom(seed, 0);
  const ids = { next: 0 };
  const texts = Array.from({ length: shape.functions }, (_, index) =>
    new FunctionText(random, shape, index, ids).toString(),
  );
  return [...texts, readsThree, shape.onlyCleanupFails ? readsThree.replaceAll("c0", "c1") : failsAtFour];
}

const readsThree = `exports.c0 = async function c0(W, source, me) {
  let count = 0;
  for await (const x of source) { W.log(me, "c0", x); if (++count > 2) break; }
  return count;
};`;

const failsAtFour = `exports.c1 = async function c1(W, source, me) {
  let count = 0;
  for await (const x of source) { await W.promise("c1", 1, "good"); W.log(me, "c1", x); if (++count > 3) throw W.error("c1"); }
  return count;
};`;

class FunctionText {
  /** Statements that may still come. */
  private budget: number;

  constructor(
    private readonly random: Random,
    private readonly shape: Shape,
    private readonly index: number,
    private readonly ids: { next: number },
  ) {
    this.budget = 8 + random.below(16);
  }

  toString(): string {
    const name = `f${this.index}`;
    return `exports.${name} = async function* ${name}(W, reader) {
const me = W.instance("${name}", reader); const top = W.enter(me, "top");
try { ${this.block(0)} ${this.block(0)} W.comesTo(top, "end"); }
catch (error) { W.comesTo(top, "error"); W.escaped(me, error); throw error; } finally { ${this.cleanup("top", 0)} }
};`;
  }

  private get isLast(): boolean {
    return this.index === this.shape.functions - 1;
  }

  /** Another function's generator: those behind this one, so that programs end. */
  private behind(): number {
    return this.index + 1 + this.random.below(this.shape.functions - this.index - 1);
  }

  /** `reader` is who closes it, and waits for that. */
  private fresh(reader = ""): string {
    return `W.own(W.F.f${this.behind()}(W${reader && `, ${reader}`}))`;
  }

  private value(): string {
    const id = this.ids.next++;
    const { random, shape } = this;
    const failing = shape.onlyCleanupFails ? ["good"] : ["bad", "bad then", "settled bad"];
    const kind = random.pick(["good", "good", "good", "good", "thenable", "settled", ...failing]);
    return random.weighted([
      [40, `${id}`],
      [10, `{ k: ${id} }`],
      [shape.hangs ? (shape.onlyCleanupFails ? 10 : 3) : 0, `W.never()`],
      [48, `W.promise(${id}, ${random.below(7)}, "${kind}")`],
    ]);
  }

  private calmValue(): string {
    const id = this.ids.next++;
    return this.random.chance(0.4) ? `${id}` : `W.promise(${id}, ${this.random.below(4)}, "good")`;
  }

  private source(reader = ""): string {
    const id = this.ids.next++;
    const { random, shape, isLast } = this;
    return random.weighted([
      [isLast ? 0 : 55, () => this.fresh(reader)],
      [isLast ? 0 : 15, () => `W.shared(${this.behind()})`],
      [10, () => `W.foreign(${random.below(5)}, ${id})`],
      [12, () => `W.native(${random.below(shape.onlyCleanupFails ? 3 : 4)}, ${id})`],
      [shape.standard ? 0 : 8, () => `[${random.below(9)}, W.promise(${id}, 1, "good")]`],
    ])();
  }

  private block(depth: number, statement = this.statement): string {
    let text = "";
    for (let rest = (depth < 2 ? 2 : 1) + this.random.below(3); rest > 0 && this.budget-- > 0; rest--)
      text += `${statement.call(this, depth)}\n`;
    return text;
  }

  private statement(depth: number): string {
    const id = this.ids.next++;
    const { random, shape, isLast } = this;
    const log = (what: string): string => `W.log(me, ${id}, ${what});`;
    const inner = (): string => this.block(depth + 1);
    const fails = shape.onlyCleanupFails ? 0 : 3;
    return random.weighted<() => string>([
      [20, () => log(`yield W.at(me, ${id}, ${this.value()})`)],
      [14, () => log(`await W.at(me, ${id}, ${this.value()})`)],
      [14, () => log(`yield* W.at(me, ${id}, ${this.source("me")})`)],
      [depth < DEEPEST ? 14 : 0, () => this.loop(depth, id)],
      [isLast ? 0 : 4, () => log(`await W.told(W.F.c${random.below(2)}(W, ${this.source()}, me))`)],
      [isLast || shape.standard ? 0 : fails, () => log(`await ${this.fresh()}.anext()`)],
      [shape.reenters ? 3 : 0, () => `W.reenter(me, ${id});`],
      [2, () => `if (W.coin(${id})) { W.returns(me); return ${this.value()}; }`],
      [fails, () => `if (W.coin(${id})) W.throws(me, ${id});`],
      [3, () => `for (let i = 0; i < 2; i++) { ${inner()} }`],
      [shape.using ? 3 : 0, () => `{ await using u = W.resource(me, ${id}, ${random.below(3)}); ${inner()} }`],
      [shape.using ? 3 : 0, () => `{ using u = W.syncResource(me, ${id}); await 0; ${inner()} }`],
      [depth < DEEPEST ? 14 : 0, () => this.tryStatement(depth, id)],
    ])();
  }

  private loop(depth: number, id: number): string {
    const leave = this.random.pick(["break", "continue", "{ W.returns(me); return x; }"]);
    const jump = this.random.chance(0.25) ? `if (W.coin(${id})) ${leave};` : "";
    return `for await (const x of ${this.source("me")}) { W.log(me, ${id}, x); ${this.block(depth + 1)} ${jump} }`;
  }

  private tryStatement(depth: number, id: number): string {
    const { random } = this;
    const catches = random.chance(0.35);
    const cleansUp = !catches || random.chance(0.6);
    const [end, error] = cleansUp ? [`W.comesTo(t, "end");`, `W.comesTo(t, "error");`] : ["", ""];
    const protectedText = `try { ${this.block(depth + 1)} ${end} }`;
    const caught = `W.caught(me, error); ${random.chance(0.3) ? this.block(depth + 1) : ""} ${random.chance(0.3) ? "throw error;" : ""}`;
    const handler = catches ? `catch (error) { ${error} ${caught} }` : `catch (error) { ${error} throw error; }`;
    const finalizer = cleansUp ? `finally { ${this.cleanup("t", depth + 1, id)} }` : "";
    return `{ const t = ${cleansUp ? `W.enter(me, ${id})` : 0}; ${protectedText} ${handler} ${finalizer} }`;
  }

  /** The text of a finally block; that of the whole body is short but where cleanups are what is judged. */
  private cleanup(number: string, depth: number, id?: number): string {
    const { random, shape } = this;
    const isLong = id === undefined ? shape.calmCleanup : random.chance(0.6);
    const fails = id !== undefined && shape.onlyCleanupFails && random.chance(0.5) ? `W.throws(me, ${id});` : "";
    const text = isLong ? this.block(depth, this.cleanupStatement) : "";
    return `W.leave(me, ${number}); ${fails} try { ${text} W.ends(${number}); } finally { W.isOver(${number}); }`;
  }

  private sourceInCleanup(id: number): string {
    return this.shape.calmCleanup ? `W.native(2, ${id})` : this.fresh();
  }

  private cleanupStatement(depth: number): string {
    const id = this.ids.next++;
    const { random, shape, isLast } = this;
    return random.weighted<() => string>([
      [50, () => `W.log(me, ${id}, await W.at(me, ${id}, ${this.calmValue()}));`],
      [shape.hangs && !shape.standard && !shape.calmCleanup ? 8 : 0, () => "await W.hang();"],
      [shape.calmCleanup ? 0 : 8, () => `W.throws(me, ${id});`],
      [shape.yieldsInCleanup ? 6 : 0, () => `W.log(me, ${id}, yield ${id});`],
      [depth < DEEPEST && !shape.calmCleanup ? 4 : 0, () => this.tryStatement(depth + 1, id)],
      [
        isLast ? 0 : 4,
        () => `for await (const x of ${this.sourceInCleanup(id)}) { ${random.chance(0.5) ? "break;" : ""} }`,
      ],
      [20, () => `W.log(me, ${id});`],
    ])();
  }
}
