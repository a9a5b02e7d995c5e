import { expect } from "chai";
import * as api from "../../../runtime/index.js";
import { closeWorld, world } from "../support/cleanup-world.js";
import { settle } from "../support/collect.js";
import { compileText } from "../support/compile.js";

/** Each has the runtime call the program while it begins to wait: for an item, a thenable, a disposal, the answer of a close. */
const text = `
exports.loops = async function* loops(source) { for await (const x of source.items()) yield x; };
exports.delegates = async function* delegates(source) { yield* source.items(); };
exports.awaits = async function* awaits(source) { await source.thenable(); yield 1; };
exports.yields = async function* yields(source) { yield source.thenable(); yield 2; };
exports.disposes = async function* disposes(source) { { await using _ = source.resource(); } yield 1; };
exports.leaves = async function* leaves(source) { for await (const _ of source.closing()) break; yield 1; };
exports.throws = async function* throws(source) { yield* source.closing(); };
`.replace(/\{ (.*) \};$/gm, "{ try { await 0; $1 } finally { source.leave(); } };");

const ways = {
  "a cancellation": (generator: any) => void api.cancel(generator, "stop"),
  "a close": (generator: any) => void generator.aclose({ interrupt: true }).promise(),
  "a signal": (_: any, controller: AbortController) => controller.abort("stop"),
};

const answers: Record<string, (value: unknown) => Promise<unknown>> = {
  "that never comes": () => new Promise(() => {}),
  "that is there": (value) => Promise.resolve(value),
  "that fails": () => Promise.reject(new Error("failed")),
};

class Source {
  left = 0;
  private isStruck = false;

  constructor(
    private readonly strike: () => void,
    private readonly answer: (value: unknown) => Promise<unknown>,
  ) {}

  readonly leave = (): void => void this.left++;

  private strikeOnce(value: unknown): Promise<unknown> {
    if (!this.isStruck) this.strike();
    this.isStruck = true;
    return this.answer(value);
  }

  items(): object {
    const next = () => this.strikeOnce({ value: 1, done: false });
    return { [Symbol.asyncIterator]: () => ({ next }) };
  }

  thenable(): object {
    const strike = (): Promise<unknown> => this.strikeOnce(1);
    return {
      // biome-ignore lint/suspicious/noThenProperty: it is one.
      get then() {
        const answer = strike();
        return answer.then.bind(answer);
      },
    };
  }

  resource(): object {
    return { [Symbol.asyncDispose]: () => this.strikeOnce(undefined) };
  }

  closing(): object {
    const next = async () => ({ value: 1, done: false });
    return { [Symbol.asyncIterator]: () => ({ next, return: () => this.strikeOnce({}) }) };
  }
}

describe("an interruption that comes from what a generator is about to wait for", () => {
  beforeEach(() => api.configureAsyncGenerators({ onError: () => {} }));
  after(closeWorld);

  for (const [way, strike] of Object.entries(ways))
    for (const [answer, make] of Object.entries(answers))
      it(`ends the generator once: ${way}, an answer ${answer}`, async () => {
        const programs = compileText(text);
        for (const [name, program] of Object.entries<any>(programs)) {
          const controller = new AbortController();
          const source = new Source(() => strike(generator, controller), make);
          const generator = api.bindSignal(program(source), controller.signal);
          const first = generator.next().catch(() => {});
          if (name === "throws") {
            await first;
            generator.throw(new Error("thrown in")).catch(() => {});
          }
          await settle(2);
          const state = api.getAsyncGeneratorState(generator);
          // What was there before the await began may be answered with.
          if (state === "AGEN_SUSPENDED") await generator.return(undefined);
          else expect(state, name).to.equal("AGEN_CLOSED");
          expect(source.left, name).to.equal(1);
        }
      });

  it("leaves no rejection unhandled where a promise is not awaited after all", async () => {
    const { waits } = compileText("exports.waits = async function* waits(abort, late) { abort(); await late(); };");
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    const controller = new AbortController();
    const late = () => Promise.reject(new Error("aborted"));
    const generator = api.bindSignal<AsyncGenerator>(
      waits(() => controller.abort("stop"), late),
      controller.signal,
    );
    const error = await generator.next().catch((reason: unknown) => reason);
    await settle();
    process.off("unhandledRejection", note);
    expect(api.isCancelled(error)).to.equal(true);
    expect(unhandled).to.deep.equal([]);
  });
});

describe("generators that read the same one", () => {
  afterEach(closeWorld);
  const { source, loop, delegate } = compileText(`
exports.source = async function* source(items, log) { try { yield "first"; for (;;) yield await items(); } finally { log("source"); } };
exports.loop = async function* loop(from, log) { try { for await (const item of from) yield item; } finally { log("reader"); } };
exports.delegate = async function* delegate(from, log) { try { yield* from; } finally { log("reader"); } };`);

  for (const read of [loop, delegate])
    for (const [way, strike] of Object.entries(ways))
      it(`are not interrupted with one that waits for its turn: ${read.name}, ${way}`, async () => {
        const lines: string[] = [];
        let answer = (_item: string): void => {};
        const items = () =>
          new Promise((resolve) => {
            answer = resolve;
          });
        const log = (line: string) => lines.push(line);
        const shared = source(items, log);
        const controller = new AbortController();
        const [served, waiting] = [read(shared, log), api.bindSignal(read(shared, log), controller.signal)];
        await served.next();
        const item = served.next();
        await settle();
        const end = waiting.next().catch((error: unknown) => api.isCancelled(error));
        await settle();
        strike(waiting, controller);
        await settle();
        expect(lines).to.deep.equal(["reader"]);
        answer("second");
        expect(await item).to.deep.equal({ value: "second", done: false });
        expect(await end).to.deep.equal(way === "a close" ? { value: undefined, done: true } : true);
      });
});

describe("a generator that return() interrupts", () => {
  const { source, read } = compileText(
    `async function* source(log, gate) {
  try { yield 1; await new Promise(() => {}); } finally { log("finally"); await gate; log("closed"); }
}
async function read(source, asked) { for await (const item of source) { await asked(); break; } }
Object.assign(exports, { source, read });`,
    { close: "interrupt" },
  );

  const again: Record<string, (g: any) => Promise<unknown>> = {
    return: (g) => g.return("again"),
    throw: (g) => g.throw("again").catch((error: unknown) => error),
  };

  for (const isPending of [false, true])
    for (const [name, ask] of Object.entries(again))
      it(`is left its cleanup by ${name}() after that, ${isPending ? "which was waiting" : "which was idle"}`, async () => {
        const { lines, log, gate, open } = world();
        const g = source(log, gate);
        await g.next();
        const pending = isPending ? g.next() : undefined;
        const first = g.return("first");
        await settle(2);
        const second = ask(g);
        await settle(2);
        expect(lines).to.deep.equal(["finally"]);
        open();
        expect(await first).to.deep.equal({ value: "first", done: true });
        await Promise.all([second, pending]);
        expect(lines).to.deep.equal(["finally", "closed"]);
      });

  it("is left its cleanup by the loop that reads it", async () => {
    const { lines, log, gate, open } = world();
    const g = source(log, gate);
    const reading = read(g, async () => {
      void g.return("first");
      await settle(2);
      setTimeout(open, 5);
    });
    await reading;
    expect(lines).to.deep.equal(["finally", "closed"]);
  });
});

describe("a generator whose source has answered, with the answer on its way", () => {
  afterEach(closeWorld);
  const { loop, delegate } = compileText(`
async function* source(log) { try { yield 1; } finally { await 0; await 0; await 0; log("source"); } }
exports.loop = async function* loop(log) { try { for await (const item of source(log)) yield item; } finally { log("reader"); } };
exports.delegate = async function* delegate(log) { try { yield* source(log); } finally { log("reader"); } };`);

  for (const read of [loop, delegate])
    for (const [way, strike] of Object.entries(ways))
      it(`waits for its close: ${read.name}, ${way}`, async () => {
        for (let ticks = 0; ticks < 8; ticks++) {
          const lines: string[] = [];
          const controller = new AbortController();
          const reader = api.bindSignal(read((line: string) => lines.push(line)) as AsyncGenerator, controller.signal);
          // Where first calls are noticed, a source is asked by a call.
          new api.AsyncGeneratorScope().run(() => reader.next().catch(() => {}));
          for (let tick = 0; tick < ticks; tick++) await null;
          strike(reader, controller);
          await settle();
          await reader.return(undefined);
          expect(lines, `after ${ticks} ticks`).to.deep.equal(["source", "reader"]);
        }
      });
});
