/** A random program in two languages: generators that read from each other, and what a driver asks of them through Python's methods. */

import { type Random, randomFrom } from "../random.js";

/** Lines of Python and of JavaScript that mean the same. */
interface Text {
  readonly python: readonly string[];
  readonly js: readonly string[];
}

export type Operation =
  /** Makes a step, and mostly starts it. */
  | {
      readonly kind: "make";
      readonly step: number;
      readonly generator: string;
      readonly method: "anext" | "asend" | "athrow" | "aclose";
      readonly value: number | null;
      readonly error: "E" | "StopAsyncIteration" | "CancelledError" | "GeneratorExit";
    }
  | { readonly kind: "start" | "cancel"; readonly step: number }
  /** Sets the hooks for what is first used from here on. */
  | { readonly kind: "hooks"; readonly hooks: "default" | "logs" | "fails" | "quiet" }
  /** Has a new generator take the place of one that is kept, or is collected unless it runs. */
  | { readonly kind: "renew" | "drop"; readonly generator: string }
  | { readonly kind: "shutdown" }
  /** Settles one of the gates that bodies wait at. */
  | { readonly kind: "open"; readonly at: number; readonly value: number; readonly fails: boolean };

export interface Program {
  /** Of the generators that are driven. */
  readonly names: readonly string[];
  /** What conditions say, in turns. */
  readonly coins: readonly boolean[];
  readonly python: string;
  readonly js: string;
  readonly operations: readonly Operation[];
}

/** What a statement may use that not every one may. */
interface Place {
  readonly depth: number;
  readonly inLoop: boolean;
  readonly hasCaught: boolean;
}

const DEEPEST = 4;
const FEW = Array<"anext">(10).fill("anext");

const text = (python: readonly string[], js: readonly string[]): Text => ({ python, js });
const indented = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);

class Body {
  private ids = 0;
  private budget: number;

  /** `read`: a generator that loops read, which each makes for itself; without it this one only yields and waits. */
  constructor(
    private readonly random: Random,
    private readonly name: string,
    private readonly others: readonly string[],
    private readonly read?: string,
    private readonly cleansUp = read !== undefined,
  ) {
    this.budget = 6 + random.below(22);
  }

  text(): Text {
    const { python, js } = this.block({ depth: 0, inLoop: false, hasCaught: false });
    return text(
      [`async def ${this.name}():`, ...indented(["r = e = None", ...python, `log("end")`, "if False: yield"])],
      [`async function* ${this.name}() {`, "let r;", ...js, `log("end");`, "}"],
    );
  }

  private block(place: Place): Text {
    const all = Array.from({ length: 1 + this.random.below(3) }, () => this.statement(place));
    return text(
      all.flatMap(({ python }) => python),
      all.flatMap(({ js }) => js),
    );
  }

  private error(): Text {
    const id = this.ids++;
    return this.random.weighted([
      [6, text([`E(${id})`], [`new E(${id})`])],
      [1, text(["StopAsyncIteration()"], ["new StopAsyncIteration()"])],
      [0.5, text([`RuntimeError("own")`], [`new RuntimeError("own")`])],
      [0.4, text([`CancelledError("own")`], [`new CancelledError("own")`])],
    ]);
  }

  private statement(place: Place): Text {
    const { random, others } = this;
    const id = this.ids++;
    const isFull = this.budget-- <= 0 || place.depth > DEEPEST;
    const sometimes = (python: string, js = python): Text =>
      text([`if coin(${id}): ${python}`], [`if (coin(${id})) ${js};`]);
    return random.weighted<() => Text>([
      [2, () => text([`log("s${id}")`], [`log("s${id}");`])],
      [6, () => text([`r = yield ${id}`, `log("y${id}", r)`], [`r = yield ${id};`, `log("y${id}", r);`])],
      [4, () => this.wait(id)],
      [this.read ? 1 : 1.5, () => this.thrown(sometimes)],
      [0.7, () => sometimes("return")],
      [place.inLoop ? 1.5 : 0, () => sometimes(random.pick(["break", "continue"]))],
      [place.hasCaught ? 1.5 : 0, () => sometimes("raise e", "throw e")],
      [isFull ? 0 : 2, () => this.protection(id, place)],
      [isFull ? 0 : 1, () => this.loop(id, place)],
      [isFull || !this.read ? 0 : 3, () => this.reading(id, place)],
      [!this.read ? 0 : others.length ? 4 : 0.4, () => this.request(id)],
    ])();
  }

  private wait(id: number): Text {
    return text(
      [`q = gate(${id})`, "try: r = await q", "finally: drop(q)", `log("g${id}", r)`],
      [`{ const q = gate(${id}); try { r = await q; } finally { drop(q); } }`, `log("g${id}", r);`],
    );
  }

  private thrown(sometimes: (python: string, js: string) => Text): Text {
    const { python, js } = this.error();
    return sometimes(`raise ${python}`, `throw ${js}`);
  }

  private protection(id: number, place: Place): Text {
    const { random } = this;
    const deeper = { ...place, depth: place.depth + 1 };
    const tried = this.block(deeper);
    const python = ["try:", ...indented(tried.python)];
    const js = ["try {", ...tried.js];
    const shape = random.pick(["catch", "finally", "both"]);
    if (shape !== "finally") {
      const classes = ["E", "E", "E", "RuntimeError", "StopAsyncIteration", "CancelledError", "Exception"];
      const caught = random.pick(classes);
      const handler = this.block({ ...deeper, hasCaught: true });
      python.push(`except ${caught} as error:`, ...indented(["e = error", `log("c${id}", e)`, ...handler.python]));
      js.push(`} catch (e) { if (!isA(e, "${caught}")) throw e;`, `log("c${id}", e);`, ...handler.js);
    }
    if (shape !== "catch") {
      // A cleanup that fails or waits while a loop is left means something else in Python: its error comes out.
      const cleanup = this.cleansUp ? this.block(deeper) : text([], []);
      python.push("finally:", ...indented([`log("f${id}")`, ...cleanup.python]));
      js.push(`} finally { log("f${id}");`, ...cleanup.js);
    }
    return text(python, [...js, "}"]);
  }

  private loop(id: number, place: Place): Text {
    const { python, js } = this.block({ ...place, depth: place.depth + 1, inLoop: true });
    const i = `i${id}`;
    return text([`for ${i} in range(2):`, ...indented(python)], [`for (let ${i} = 0; ${i} < 2; ${i}++) {`, ...js, "}"]);
  }

  /** Python closes what a loop reads only when it is told to. */
  private reading(id: number, place: Place): Text {
    const { python, js } = this.block({ ...place, depth: place.depth + 1, inLoop: true });
    const within = [`async for x${id} in it:`, ...indented([`log("l${id}", x${id})`, ...python])];
    return text(
      [`async with aclosing(${this.read}()) as it:`, ...indented(within)],
      [`for await (const x${id} of ${this.read}()) {`, `log("l${id}", x${id});`, ...js, "}"],
    );
  }

  /** Mostly of another generator; one of its own fails. */
  private request(id: number): Text {
    const { random, others } = this;
    const of = others.length && random.chance(0.93) ? random.pick(others) : this.name;
    const error = this.error();
    const call = random.weighted([
      [5, text(["anext(G.#)"], ["G.#.anext()"])],
      [2, text([`G.#.asend(${id})`], [`G.#.asend(${id})`])],
      [1, text([`G.#.athrow(${error.python})`], [`G.#.athrow(${error.js})`])],
      [1, text(["G.#.aclose()"], ["G.#.aclose()"])],
      [0.5, text([`anext(G.#, "none")`], [`anext(G.#, "none")`])],
    ]);
    const awaited = ([line]: readonly string[]): string => `r = await ${line!.replace("#", of)}`;
    return text([awaited(call.python), `log("r${id}", r)`], [`${awaited(call.js)};`, `log("r${id}", r);`]);
  }
}

/** What generators are in the hands of: hooks, collection and shutdowns. */
function fate(random: Random, names: readonly string[]): Operation {
  const generator = random.pick(names);
  return random.weighted<Operation>([
    [1.5, { kind: "hooks", hooks: random.pick(["default", "default", "logs", "fails", "quiet"]) }],
    [4, { kind: "renew", generator }],
    [4, { kind: "drop", generator }],
    [2, { kind: "shutdown" }],
  ]);
}

function operations(random: Random, names: readonly string[], hasFates: boolean): Operation[] {
  const result: Operation[] = [];
  let steps = 0;
  const make = (): void => {
    result.push({
      kind: "make",
      step: steps,
      generator: random.chance(0.75) ? names[0]! : random.pick(names),
      // What is closed already has no fate.
      method: random.pick([...(hasFates ? FEW : []), "anext", "anext", "anext", "asend", "athrow", "aclose"]),
      value: random.chance(0.3) ? null : random.below(100),
      error: random.pick(["E", "E", "E", "E", "StopAsyncIteration", "CancelledError", "GeneratorExit"]),
    });
    if (random.chance(0.85)) result.push({ kind: "start", step: steps });
    steps++;
  };
  for (let count = 8 + random.below(20); count > 0; count--)
    random.weighted<() => unknown>([
      [8, make],
      [hasFates ? 3 : 0, () => result.push(fate(random, names))],
      [steps ? 1 : 0, () => result.push({ kind: "start", step: random.below(steps) })],
      [
        6,
        () => result.push({ kind: "open", at: random.below(2), value: random.below(100), fails: random.chance(0.2) }),
      ],
      [steps ? 2.5 : 0, () => result.push({ kind: "cancel", step: Math.max(0, steps - 1 - random.below(3)) })],
    ])();
  return result;
}

export function programOf(seed: number, index: number): Program {
  const random = randomFrom(seed, index);
  const names = ["a", "b", "c"].slice(0, 1 + random.below(3));
  // A shutdown closes all at once: what they do with one another then is in the hands of the two event loops.
  const hasFates = random.chance(0.4);
  const bodies = hasFates
    ? names.map((name) => new Body(random, name, [], undefined, true))
    : [...names.map((name, at) => new Body(random, name, names.slice(at + 1), "d")), new Body(random, "d", [])];
  const texts = bodies.map((body) => body.text());
  return {
    names,
    coins: Array.from({ length: 7 }, () => random.chance(0.5)),
    python: texts.map(({ python }) => python.join("\n")).join("\n"),
    js: texts.map(({ js }) => js.join("\n")).join("\n"),
    operations: operations(random, names, hasFates),
  };
}
