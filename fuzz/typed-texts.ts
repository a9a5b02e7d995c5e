/** Types, and declarations that only TypeScript has: `N` stands for a name of their own. */

import type { Random } from "./random.js";

export const types = [
  "any",
  "any",
  "unknown[]",
  "{ a: number; b?(): void }",
  "readonly [x: 1, y?: 2]",
  "typeof o",
  "(<T>(x: T) => x is any)",
  "(new () => void)",
  "keyof any | null",
  "Promise<any>",
  "(any extends infer B ? B : never)",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a type.
  "`a${string}`",
];

const erased = [
  "type N = any;",
  "interface N<T> extends Array<T> { a(): void; new (): N<T>; [key: string]: any }",
  "declare const N: any, N2: 1;",
  "declare function N(a: any): any;",
  "declare class N { a: 1; static g(): any }",
];

const emitted = [
  `enum N { A, B = A + 2, C = "c" } log(N.A, N[2], N.C);`,
  `enum N { A = "abc".length, B = ~A } log(N[N.B]);`,
  "enum N { A = 1 } enum N { B = 2 } log(N);",
  "const enum N { A = 3 } log(N.A);",
  `class N { constructor(public q: any = log("q"), private readonly r?: any) { log(this.q, this.r); } } log(new N(1).q, new N(undefined, 2));`,
  "class N extends Made { x = 1; declare a: any; y!: any; constructor(readonly z: any, ...a: any[]) { super(...a); log(Object.keys(this), this.z); } } new N(1, 2);",
  `abstract class N { abstract m(): any; static s: number = 1; p?: number; protected async *g(this: N, a?: any): AsyncGenerator<any> { yield [this.p, a]; } run() { return this.g(1); } } log(N.s, "run" in N.prototype);`,
  `function N(a: string): void; function N(a: any) { return log("N", a); } N("1");`,
  `class N { m(a: 1): 1; m(a: 2): 2; m(a: any): any { return log("m", a); } get a(): any { return 1; } set a(v: any) { log("set", v); } } log(new N().m(1), new N().a!);`,
  `@decorated("N") class N { @decorated("m") m(a?: any) { return a; } @decorated("f") f: any = log("f"); @decorated("s") static s = 1; @decorated("acc") accessor acc = 2; } log(N.s, new N().m(1), new N().acc);`,
  `class N { @decorated("g") async *g(a?: any) { yield this.#p(a); } #p<T>(a: T) { return a; } @decorated("#q") static async *#q() { yield 1; } static q = () => this.#q(); } log(typeof N.q().next, typeof new N().g(1).next);`,
];

const emittedAtTop = [
  "namespace N { export const a: any = 1; export function f() { return a; } export namespace I.J { export let b = a; } } log(N.f(), N.I.J.b);",
  "namespace N { export async function* g(): AsyncGenerator<any> { yield a; } export const a = 1; } log(typeof N.g().next);",
  "namespace N { export type T = any; }",
  `function N() {} namespace N { export let a = log("merged"); } log(N.a);`,
  "declare namespace N { const a: any; }",
];

export function declarations(random: Random, isTop: boolean): string {
  return random.pick(random.pick(isTop ? [erased, emitted, emittedAtTop] : [erased, emitted]));
}

export const decorate = (random: Random): string => `@decorated(${random.below(9)})`;

export const decorated = `
function decorated(text: any): any { log("decorate", text); return (value: any, context: any) => void log(context.kind, String(context.name)); }`;
