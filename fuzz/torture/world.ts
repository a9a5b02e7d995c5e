/** What a program of the torture reads from, waits for and tells: all of it deterministic, with a log and a list of faults. */

import { type Random, randomFrom } from "../random.js";

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A `try` with a cleanup, or a resource, that a body has entered. */
interface Entered {
  readonly me: string;
  readonly label: string;
  /** How often its cleanup has begun. */
  left: number;
  /** How the body came to it: a close is the one way that the body itself knows nothing of. */
  end: "close" | "end" | "error" | "return";
  /** Whether its cleanup has run to its end. */
  hasEnded: boolean;
  /** Whether its cleanup is left, at its end or where it was interrupted. */
  isOver: boolean;
}

interface Thrown {
  readonly by: string;
  /** Where it has been seen. The last says where it got to. */
  readonly fates: string[];
  /**
   * Whether another error was on its way: a loop that ends with an error drops those of the iterator that it closes. So does the
   * interruption of a cleanup that it is on its way through.
   */
  besides: boolean;
}

export class World {
  readonly lines: string[] = [];
  readonly faults: string[] = [];
  readonly owned: any[] = [];
  readonly thrown = new Map<unknown, Thrown>();
  readonly tries = new Map<number, Entered>();
  /** Who reads an instance in a loop or by `yield*`, and so closes it. */
  private readonly readers = new Map<string, string>();
  /** For what bodies do when they call methods. */
  readonly random: Random;
  onReenter: ((me: string, id: number) => void) | undefined;
  /** What stands before each line. */
  mark: () => string = () => "";
  tick = 0;
  isRunning = true;
  private instances = 0;
  private readonly coins = new Map<unknown, number>();
  private readonly sharedGenerators = new Map<number, any>();
  /** Bodies that are in a call of theirs: none of them may go on meanwhile. */
  private readonly busy = new Set<string>();
  /** The suspensions that bodies have come to, and have not gone on from. */
  readonly places = new Map<string, number>();

  constructor(
    readonly F: any,
    seed: number,
    readonly functions: number,
    /** Whether it keeps all generators, which are never collected then. */
    readonly keeps = true,
    /** What each function was compiled from. */
    readonly texts: readonly string[] = [],
    /** Whether cleanups that a close has begun must come to their end, the inner before the outer. */
    private readonly judgesCloses = false,
  ) {
    this.random = randomFrom(seed, 1);
  }

  /** All generators that anybody can name. */
  get generators(): any[] {
    return [...this.owned, ...this.sharedGenerators.values()];
  }

  write(text: string): void {
    if (this.isRunning) this.lines.push(`${this.tick} ${this.mark()}${text}`);
  }

  log(me: string, what: unknown, value?: unknown): void {
    this.check(me);
    this.write(`${me} ${what} ${this.describe(value)}`);
  }

  describe(value: any): string {
    if (value instanceof TypeError) return "TypeError";
    if (value instanceof Error) return value.message;
    return value && typeof value === "object" ? JSON.stringify(value) : String(value);
  }

  private check(me: string): void {
    if (this.busy.has(me)) this.faults.push(`${me} goes on while it runs`);
    this.places.delete(me);
  }

  /** The body suspends here next. */
  at<T>(me: string, id: number, value: T): T {
    this.check(me);
    this.places.set(me, id);
    return value;
  }

  instance(name: string, reader?: string): string {
    const me = `${name}#${this.instances++}`;
    if (reader !== undefined) this.readers.set(me, reader);
    this.log(me, "starts");
    return me;
  }

  enter(me: string, id: unknown): number {
    this.check(me);
    this.tries.set(this.tries.size, {
      me,
      label: `${me}/${id}`,
      left: 0,
      end: "close",
      hasEnded: false,
      isOver: false,
    });
    return this.tries.size - 1;
  }

  /** The body comes to the cleanup by itself. */
  comesTo(number: number, end: Entered["end"]): void {
    this.tries.get(number)!.end = end;
  }

  returns(me: string): void {
    for (const entered of this.tries.values()) if (entered.me === me && entered.left === 0) entered.end = "return";
  }

  leave(me: string, number: number): void {
    const entered = this.tries.get(number)!;
    this.log(me, `leaves ${entered.label}`);
    if (++entered.left > 1) this.faults.push(`${entered.label} was left twice`);
    if (this.judgesCloses) this.judgeOrder(entered, number);
  }

  /** What is entered within it, and what is read there, was cleaned up before, and that was waited for. */
  private judgeOrder({ me, label }: Entered, number: number): void {
    for (const [other, inner] of this.tries)
      if (other > number && !inner.isOver && (inner.me === me || this.readers.get(inner.me) === me))
        this.faults.push(`${label} is cleaned up before ${inner.label}`);
  }

  ends(number: number): void {
    this.tries.get(number)!.hasEnded = true;
  }

  isOver(number: number): void {
    const entered = this.tries.get(number)!;
    const { label, end, hasEnded } = entered;
    entered.isOver = true;
    this.write(`${label} ${hasEnded ? "has ended" : "is cut short"}`);
    if (this.judgesCloses && end === "close" && !hasEnded)
      this.faults.push(`${label} is cut short, which a close has begun`);
  }

  error(id: unknown): Error {
    const error = new Error(`E${id}`);
    // Until its stack is text, V8 keeps what methods in it were called on.
    void error.stack;
    return error;
  }

  throws(me: string, id: unknown): never {
    this.check(me);
    const error = this.error(`${id}@${me}`);
    this.thrown.set(error, { by: me, fates: [], besides: this.onTheirWay().some(({ by }) => by !== me) });
    throw error;
  }

  private onTheirWay(): Thrown[] {
    return [...this.thrown.values()].filter(({ fates }) =>
      /^(escaped|caught by a promise)/.test(fates.at(-1) ?? "escaped"),
    );
  }

  /** Somebody has to interrupt the cleanup. */
  hang(): Promise<never> {
    for (const each of this.onTheirWay()) each.besides = true;
    return this.never();
  }

  caught(me: string, error: unknown): void {
    this.seen(error, `caught by ${me}`);
    this.log(me, "catches", error);
  }

  escaped(me: string, error: unknown): void {
    this.check(me);
    this.seen(error, `escaped ${me}`);
  }

  seen(error: any, where: string): void {
    this.thrown.get(error)?.fates.push(where);
    if (!(error instanceof Error)) return;
    for (const inner of [(error as any).suppressed, (error as any).error, error.cause])
      if (inner) this.seen(inner, where);
  }

  reported(error: unknown): void {
    this.seen(error, "reported");
    this.write(`reported: ${this.describe(error)}`);
  }

  /** An interruption gives up what is awaited: what that fails with later has got to a promise all the same. */
  told(promise: Promise<unknown>): Promise<unknown> {
    promise.catch((error) => this.seen(error, "caught by a promise"));
    return promise;
  }

  coin(id: number): boolean {
    const count = (this.coins.get(id) ?? 0) + 1;
    this.coins.set(id, count);
    return (count * 7 + id) % 3 === 0;
  }

  own(generator: any): any {
    if (this.keeps) this.owned.push(generator);
    return generator;
  }

  /** Nobody can name a generator any more. */
  forget(): void {
    this.onReenter = undefined;
    this.sharedGenerators.clear();
  }

  /** The one generator of this function that several read from. */
  shared(index: number): any {
    if (!this.sharedGenerators.has(index)) this.sharedGenerators.set(index, this.F[`f${index}`](this));
    return this.sharedGenerators.get(index);
  }

  async wait(ticks: number): Promise<void> {
    for (let tick = 0; tick < ticks; tick++) await null;
  }

  never(): Promise<never> {
    return new Promise(() => {});
  }

  promise(id: unknown, ticks: number, kind: string): unknown {
    const world = this;
    if (kind === "thenable") return { then: (resolve: any) => void this.wait(ticks).then(() => resolve(`v${id}`)) };
    if (kind === "settled") return Promise.resolve(`v${id}`);
    if (kind === "bad then")
      return {
        get then(): never {
          throw world.error(id);
        },
      };
    const settled = kind === "settled bad" ? Promise.reject(this.error(id)) : this.wait(ticks);
    const promise = settled.then(() => {
      if (kind === "bad") throw this.error(id);
      return `v${id}`;
    });
    promise.catch(() => {});
    return kind === "settled bad" ? settled : promise;
  }

  resource(me: string, id: number, kind: number): AsyncDisposable {
    const entered = this.enter(me, `resource ${id}`);
    return {
      [Symbol.asyncDispose]: async () => {
        this.leave(me, entered);
        // It goes on by itself also where the wait for it is interrupted.
        this.tries.get(entered)!.isOver = true;
        await this.wait(kind);
        if (kind === 2 && this.coin(id)) this.throws(me, `d${id}`);
      },
    };
  }

  syncResource(me: string, id: number): Disposable {
    const entered = this.enter(me, `resource ${id}`);
    return {
      [Symbol.dispose]: () => {
        this.leave(me, entered);
        this.tries.get(entered)!.isOver = true;
      },
    };
  }

  /** An iterable by hand: some answer at once, have no `return`, or never answer the third call. */
  foreign(kind: number, id: number): AsyncIterable<unknown> {
    let count = 0;
    const iterator: any = {
      next: (value: unknown) => {
        this.write(`foreign ${id} next ${this.describe(value)}`);
        const result = { value: `f${id}.${count}`, done: ++count > 3 };
        if (kind === 0) return result;
        return kind === 4 && count > 2 && this.keeps ? this.never() : this.wait(kind).then(() => result);
      },
    };
    const finish = (result: unknown): unknown => {
      count = 99;
      return result;
    };
    if (kind !== 1)
      iterator.return = (value: unknown) => {
        this.write(`foreign ${id} return`);
        return finish(kind === 0 ? { value: undefined, done: true } : Promise.resolve({ value, done: true }));
      };
    if (kind === 2) iterator.throw = (error: unknown) => finish(Promise.reject(error));
    return { [Symbol.asyncIterator]: () => iterator };
  }

  native(kind: number, id: number): AsyncGenerator {
    return nativeGenerator(this, kind, `native${id}`);
  }

  reenter(me: string, id: number): void {
    this.check(me);
    this.busy.add(me);
    try {
      this.onReenter?.(me, id);
    } finally {
      this.busy.delete(me);
    }
  }
}

async function* nativeGenerator(world: World, kind: number, name: string): AsyncGenerator {
  const me = world.instance(name);
  const entered = world.enter(me, 0);
  try {
    yield `${me}.1`;
    if (kind === 1) await world.wait(2);
    if (kind === 3) world.throws(me, 1);
    yield `${me}.2`;
  } finally {
    world.leave(me, entered);
    if (kind === 2) await world.wait(1);
  }
  return `${me} ends`;
}
