/** What consumers do with generators, several at a time: each call is remembered with what came of it. */

import { Readable } from "node:stream";
import { ReadableStream } from "node:stream/web";
import type { Random } from "../random.js";
import type { Api } from "./copies.js";
import { judgeInspection } from "./inspection.js";
import { turn, type World } from "./world.js";

export interface Call {
  readonly name: string;
  /** What it was called on; undefined for a scope's and the program's end. */
  readonly generator: any;
  /** Whether it is a method of the standard, whose answers come in the order of the calls. */
  readonly isOrdered: boolean;
  /** The place of its answer among all. */
  settled: number | undefined;
}

export const kinds = {
  everything:
    "next next next next return throw anext asend athrow aclose interrupt expire interruptOrExpire cancel cancelStep bind abort inScope closeScope shutdown interruptingShutdown loop defaulted aclosing inspect dispose signal hooks stream webStream compiledLoop timeout listen cancelAny nestedScope native",
  inside:
    "next return throw anext aclose interrupt interruptOrExpire cancel shutdown interruptingShutdown inspect athrow abort",
  /** What leaves a cleanup its time that a close has begun. */
  sparing:
    "next next next next next next return throw anext asend athrow aclose bind bind bind abort abort abort abort inScope closeScope shutdown patientShutdown loop defaulted aclosing inspect dispose signal stream webStream compiledLoop timeout nestedScope native",
  cutting: "interrupt interrupt cancel cancel cancelStep cancelAny",
  /** All but what keeps a generator alive, and what closes it some other way. */
  collecting:
    "next next next next return throw anext asend athrow aclose interrupt cancel cancelStep bind inScope loop defaulted aclosing inspect dispose signal stream webStream compiledLoop cancelAny native drop drop drop drop",
  closing: "next next next next next return interrupt interruptOrExpire interruptingShutdown aclose inspect",
};

/** Milliseconds until a cleanup is given up. */
const SOON = 2;

export class Consumers {
  readonly calls: Call[] = [];
  readonly roots: any[];
  private readonly controllers: readonly AbortController[];
  private readonly scope: InstanceType<Api["AsyncGeneratorScope"]>;
  /** The generators whose methods have been called and have not returned. */
  private readonly begun: unknown[] = [];
  private settled = 0;
  private readonly defaultHooks: ReturnType<Api["getAsyncGeneratorHooks"]>;

  constructor(
    private readonly world: World,
    private readonly apis: readonly Api[],
    random: Random,
  ) {
    this.defaultHooks = apis[0]!.getAsyncGeneratorHooks();
    this.roots = [0, 1].map((index) => world.own(world.F[`f${index}`](world)));
    this.controllers = this.roots.map(() => new AbortController());
    this.scope = new (random.pick(apis).AsyncGeneratorScope)({ interrupt: random.chance(0.3) });
  }

  /** One of them: calls one method after another, and waits for a few turns or for none between. */
  async act(random: Random, name: string, names: string): Promise<void> {
    for (let index = 0; index < 7; index++) {
      const generator = this.any(random);
      const kind = random.pick(names.split(" "));
      this.world.write(`${name}.${index} calls ${kind} of ${this.roots.indexOf(generator)}`);
      this.perform(random, generator, `${name}.${index}.${kind}`, kind);
      await (random.chance(0.15) ? turn() : this.world.wait(random.below(9)));
    }
  }

  any(random: Random): any {
    return random.chance(0.7) ? random.pick(this.roots) : this.world.shared(1 + random.below(this.world.functions - 1));
  }

  restoreHooks(): void {
    for (const api of this.apis) api.setAsyncGeneratorHooks(this.defaultHooks);
  }

  /** By any copy of the runtime. */
  perform(random: Random, generator: any, name: string, kind: string): void {
    const operations = { ...this.methods(random, generator, name), ...this.functions(random, generator, name) };
    try {
      operations[kind]!();
    } catch (error: any) {
      if (error?.message !== "the hook") this.world.faults.push(`${name} threw ${error?.stack}`);
    }
  }

  /**
   * Remembers what comes of a call, in whose course the body may make others: where all are answered within it, only the promises have
   * an order, for nobody can hear of the outer one before it has returned.
   */
  track<T>(name: string, generator: any, begin: () => Promise<T>, isOrdered = false): Promise<T> {
    const { world, begun } = this;
    const call: Call = {
      name,
      generator: world.keeps ? generator : undefined,
      isOrdered: world.keeps && isOrdered && !begun.includes(generator),
      settled: undefined,
    };
    this.calls.push(call);
    begun.push(generator);
    let promise: Promise<T>;
    try {
      promise = begin();
    } catch (error: any) {
      // A hook's error comes out of the call.
      if (error.message !== "the hook") throw error;
      promise = Promise.reject(error);
    } finally {
      begun.pop();
    }
    promise.then(
      (value) => {
        call.settled = this.settled++;
        world.write(`${name}: ${world.describe(value)}`);
      },
      (error) => {
        call.settled = this.settled++;
        world.seen(error, `answers ${name}`);
        world.write(`${name} failed: ${world.describe(error)}`);
      },
    );
    return promise;
  }

  closeScope(): Promise<void> {
    return this.track("scope", undefined, () => this.scope.close());
  }

  private methods(random: Random, generator: any, name: string): Record<string, () => unknown> {
    const { world } = this;
    const ordered = (begin: () => Promise<unknown>) => this.track(name, generator, begin, true);
    const plain = (begin: () => Promise<unknown>) => this.track(name, generator, begin);
    const close = (options?: object) => plain(() => generator.aclose(options).promise());
    return {
      next: () => ordered(() => generator.next(1)),
      return: () => ordered(() => generator.return(1)),
      throw: () => ordered(() => generator.throw(world.error(name))),
      anext: () => plain(() => generator.anext().promise()),
      asend: () => plain(() => generator.asend(5).promise()),
      athrow: () => plain(() => generator.athrow(world.error(name)).promise()),
      aclose: () => close(),
      interrupt: () => close({ interrupt: true }),
      expire: () => close({ timeoutMs: SOON }),
      interruptOrExpire: () => close({ interrupt: true, timeoutMs: SOON }),
      dispose: () => plain(() => generator[Symbol.asyncDispose]()),
      loop: () => plain(() => readSome(generator, random.below(5))),
      stream: () => plain(() => readStream(generator, random.below(4), random.pick(["end", "destroy", "fail"]))),
      webStream: () => plain(() => readWebStream(generator, random.below(4))),
      compiledLoop: () => plain(() => world.F[`c${random.below(2)}`](world, generator, name)),
      drop: () => {
        const index = Math.max(0, this.roots.indexOf(generator));
        this.roots[index] = world.own(world.F[`f${index}`](world));
      },
      native: () => plain(() => readSome(passOn(generator, 1 + random.below(4)), random.below(4))),
      cancelAny: () => {
        const kind = random.pick(["asend", "athrow", "aclose", "aclose"]);
        const step = generator[kind](kind === "athrow" ? world.error(name) : undefined);
        plain(() => step.promise());
        for (let count = random.below(3); count >= 0; count--)
          void world.wait(random.below(9)).then(() => step.cancel("cancelled"));
      },
      cancelStep: () => {
        const step = generator.anext();
        plain(() => step.promise());
        void world.wait(random.below(6)).then(() => step.cancel("cancelled"));
      },
    };
  }

  private functions(random: Random, generator: any, name: string): Record<string, () => unknown> {
    const { world } = this;
    const api = random.pick(this.apis);
    const controller = this.controllers[this.roots.indexOf(generator)] ?? this.controllers[0]!;
    const sometimes = (run: () => unknown) => () => random.chance(0.3) && run();
    const untilClosed = (begin: () => Promise<unknown>) => this.track(name, undefined, begin);
    return {
      defaulted: () => this.track(name, generator, () => api.anext(generator, "default").promise()),
      cancel: () => world.write(`${name}: ${api.cancel(generator, "cancelled")}`),
      bind: () => api.bindSignal(generator, controller.signal),
      abort: sometimes(() => controller.abort(new Error("aborted"))),
      signal: () => api.asyncGeneratorSignal(generator),
      timeout: sometimes(() => api.bindSignal(generator, AbortSignal.timeout(SOON))),
      listen: () => {
        const kind = random.pick(kinds.inside.split(" "));
        const act = () => this.perform(random, generator, `${name}.${kind}`, kind);
        api.asyncGeneratorSignal(generator).addEventListener("abort", act, { once: true });
      },
      hooks: () => api.setAsyncGeneratorHooks(this.hooks(random, api)),
      nestedScope: () => {
        const scope = new api.AsyncGeneratorScope({ interrupt: random.chance(0.5) });
        scope.run(() => this.perform(random, generator, `${name}.next`, "next"));
        this.track(name, undefined, () => world.wait(random.below(9)).then(() => scope.close()));
      },
      closeScope: sometimes(() => this.closeScope()),
      shutdown: sometimes(() => untilClosed(() => api.shutdownAsyncGenerators())),
      interruptingShutdown: sometimes(() => {
        const timeoutMs = random.chance(0.5) ? SOON : undefined;
        const rounds = 1 + random.below(3);
        return untilClosed(() => api.shutdownAsyncGenerators({ interrupt: true, timeoutMs, rounds }));
      }),
      patientShutdown: sometimes(() =>
        untilClosed(() => api.shutdownAsyncGenerators({ interrupt: true, rounds: 1 + random.below(3) })),
      ),
      aclosing: () => this.track(name, generator, () => api.aclosing(generator, () => generator.next())),
      inScope: () => this.beginInScope(random, name),
      inspect: () => {
        judgeInspection(world, api, generator);
        api.describeOpenAsyncGenerators();
      },
    };
  }

  private hooks(random: Random, api: Api): Parameters<Api["setAsyncGeneratorHooks"]>[0] {
    const fails = (): never => {
      throw new Error("the hook");
    };
    const noted = (): void => this.world.write("the hook");
    const asks = (generator: any): void => void api.inspectAsyncGenerator(generator);
    return random.pick([
      this.defaultHooks,
      this.defaultHooks,
      { firstIter: null },
      { finalizer: null },
      { firstIter: fails },
      { firstIter: noted, finalizer: noted },
      { firstIter: asks },
    ]);
  }

  private beginInScope(random: Random, name: string): void {
    const begin = (): void => {
      const generator = this.world.own(this.world.F[`f${random.below(this.world.functions)}`](this.world));
      this.track(name, generator, () => generator.next(), true);
    };
    try {
      this.scope.run(begin);
    } catch (error: any) {
      if (error.message !== "The scope is closed") throw error;
    }
  }
}

async function readSome(generator: any, most: number): Promise<void> {
  let count = 0;
  for await (const _ of generator) if (++count > most) break;
}

async function* passOn(generator: any, most: number): AsyncGenerator {
  let count = 0;
  for await (const value of generator) {
    yield value;
    if (++count > most) return;
  }
}

async function readStream(generator: any, most: number, end: string): Promise<void> {
  const stream = Readable.from(generator, { highWaterMark: 1 });
  const closed = new Promise<void>((resolve) => stream.on("close", resolve));
  stream.on("error", () => {});
  let count = 0;
  stream.on("data", () => {
    if (++count <= most || end === "end") return;
    stream.destroy(end === "fail" ? new Error("the stream") : undefined);
  });
  await closed;
}

async function readWebStream(generator: any, most: number): Promise<void> {
  const reader = ReadableStream.from(generator).getReader();
  for (let count = 0; count < most; count++) if ((await reader.read()).done) return;
  await reader.cancel("enough");
}
