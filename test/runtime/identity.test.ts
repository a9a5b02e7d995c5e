import { createContext, Script } from "node:vm";
import { expect } from "chai";
import { Operation } from "../../runtime/abi.js";
import type { Definition } from "../../runtime/definition.js";
import { declare, define } from "../../runtime/runtime.js";
import { runtimeScript } from "../support/compilers.js";

async function* native(): AsyncGenerator<number> {}
const asyncGeneratorFunctionPrototype = Object.getPrototypeOf(native);
const asyncGeneratorPrototype = asyncGeneratorFunctionPrototype.prototype;

function once($: any, v: any): unknown {
  if ($.mode) return ($.state = 2), ($.op = Operation.Return), $.value;
  if ($.state === 0) {
    $.state = 1;
    $.op = Operation.Yield;
    return v.value;
  }
  $.op = Operation.Return;
  return undefined;
}

function make(): any {
  return define(
    once,
    (definition) =>
      ({
        one(value: unknown) {
          return definition.create({ value });
        },
      }).one,
  );
}

describe("identity of compiled functions", () => {
  it("has the prototype of native async generator functions", () => {
    const f = make();
    expect(Object.getPrototypeOf(f)).to.equal(asyncGeneratorFunctionPrototype);
    expect(f).to.be.instanceOf(asyncGeneratorFunctionPrototype.constructor);
    expect(f.constructor.name).to.equal("AsyncGeneratorFunction");
    expect(Object.prototype.toString.call(f)).to.equal("[object AsyncGeneratorFunction]");
    expect(() => new f()).to.throw(TypeError);
  });

  it("has a prototype property like a native one", () => {
    const f = make();
    const { value, ...attributes } = Object.getOwnPropertyDescriptor(f, "prototype")!;
    expect(attributes).to.deep.equal({ writable: true, enumerable: false, configurable: false });
    expect(Reflect.ownKeys(value)).to.deep.equal([]);
    expect(Object.getPrototypeOf(value)).to.equal(asyncGeneratorPrototype);
  });

  it("takes the prototype that a function declaration has already", () => {
    let definition: Definition;
    function f(): object {
      return definition.create({ value: 1 });
    }
    definition = declare(f, once);
    expect(Reflect.ownKeys(f.prototype)).to.deep.equal([]);
    expect(f()).to.be.instanceOf(f);
  });

  it("makes generators without keys that are instances of their function", () => {
    const f = make();
    const generator = f(1);
    expect(Reflect.ownKeys(generator)).to.deep.equal([]);
    expect(Object.getPrototypeOf(generator)).to.equal(f.prototype);
    expect(generator).to.be.instanceOf(f);
    expect(Object.prototype.toString.call(generator)).to.equal("[object AsyncGenerator]");
    expect(generator[Symbol.asyncIterator]()).to.equal(generator);
    expect("then" in generator).to.equal(false);
  });

  it("reads the function's prototype at each call", () => {
    const f = make();
    const other = { __proto__: asyncGeneratorPrototype, extra: 1 };
    f.prototype = other;
    expect(Object.getPrototypeOf(f(1))).to.equal(other);
    f.prototype = null;
    expect(Object.getPrototypeOf(f(1))).to.equal(asyncGeneratorPrototype);
  });

  it("keeps name, length and attributes of the methods", () => {
    make();
    for (const name of ["next", "return", "throw"]) {
      const { value, ...attributes } = Object.getOwnPropertyDescriptor(asyncGeneratorPrototype, name)!;
      expect(attributes).to.deep.equal({ writable: true, enumerable: false, configurable: true });
      expect([value.name, value.length, "prototype" in value]).to.deep.equal([name, 1, false]);
      expect(() => new value()).to.throw(TypeError);
    }
  });

  it("serves native generators and rejects other receivers", async () => {
    make();
    async function* counting(): AsyncGenerator<number, string> {
      yield 1;
      return "end";
    }
    const generator = counting();
    expect(await generator.next()).to.deep.equal({ value: 1, done: false });
    expect(await generator.return("gone")).to.deep.equal({ value: "gone", done: true });
    for (const name of ["next", "return", "throw"]) {
      for (const receiver of [undefined, 1, {}, counting]) {
        const error = await asyncGeneratorPrototype[name].call(receiver).catch((e: unknown) => e);
        expect(error).to.be.instanceOf(TypeError);
      }
    }
  });

  it("has an asyncDispose that returns", async () => {
    const generator = make()(1);
    await generator.next();
    expect(await generator[Symbol.asyncDispose]()).to.equal(undefined);
    expect(await generator.next()).to.deep.equal({ value: undefined, done: true });
  });
});

describe("the global script", () => {
  it("captures the intrinsics of the realm that loads it", async () => {
    const context = createContext({});
    new Script(await runtimeScript()).runInContext(context);
    const seen: any = new Script(`
      const f = __aclose.define(($, v) => { $.op = 3; return 1 }, (d) => ({ f() { return d.create({}) } }).f);
      ({ function: f instanceof Object.getPrototypeOf(async function* () {}).constructor,
         promise: f().next() instanceof Promise, keys: Object.keys(globalThis) })
    `).runInContext(context);
    expect(seen.function).to.equal(true);
    expect(seen.promise).to.equal(true);
    expect(seen.keys).to.not.include("__aclose");
  });

  it("needs no timers of the realm", async () => {
    const context = createContext({});
    new Script(await runtimeScript()).runInContext(context);
    const closing = new Script(`
      const f = __aclose.define(($, v) => $.mode ? __aclose.abrupt($) : ($.op = 1, new Promise(() => {})), (d) => ({ f() { return d.create({}) } }).f);
      const g = f();
      void g.next().catch(() => {});
      g.aclose({ interrupt: true })
    `).runInContext(context);
    expect(await closing).to.equal("interrupted");
  });
});

describe("a realm that was changed before the first async generator", () => {
  const program = `
    const f = __aclose.define(($, v) => { $.op = 3; return "end" }, (d) => ({ f() { return d.create({}) } }).f);
    const g = f();
    ({ answer: g.next(), own: Reflect.ownKeys(f.prototype).length, same: Object.getPrototypeOf(f.prototype) === Object.getPrototypeOf(async function* () {}).prototype })
  `;

  async function runIn(before: string): Promise<any> {
    const context = createContext({});
    new Script(await runtimeScript()).runInContext(context);
    return new Script(`${before};${program}`).runInContext(context);
  }

  it("may have lost the iteration of arrays", async () => {
    const { answer, own, same } = await runIn("delete Array.prototype[Symbol.iterator]");
    expect(await answer).to.deep.include({ value: "end", done: true });
    expect([own, same]).to.deep.equal([0, true]);
  });

  it("may have frozen intrinsics: then the methods are on the function's own prototype object", async () => {
    const { answer, own, same } = await runIn("Object.freeze(Object.getPrototypeOf(async function* () {}).prototype)");
    expect(await answer).to.deep.include({ value: "end", done: true });
    expect([own, same]).to.deep.equal([7, true]);
  });
});
