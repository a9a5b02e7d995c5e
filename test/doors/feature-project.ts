/** One program that has most of what TypeScript itself must still rewrite around and inside compiled functions. */

const lib = `export interface Row { readonly size: number }
export type Name = string;
export let counter = 0;
export function bump(): number { return ++counter; }
export class Service { constructor(readonly prefix: string) {} async get(n: number): Promise<string> { return this.prefix + n; } }
export const enum Size { Small = 1, Big = 9 }
`;

const main = `"use aclose";
/* header */
import { bump, counter, type Row, Service } from "./lib.js";
import type { Name } from "./lib.js";

export enum Color { Red = 1, Green }

namespace Geometry {
  export let scale = 2;
  export async function* points(n: number): AsyncGenerator<number> {
    for (let i = 0; i < n; i++) yield i * scale;
    scale++;
  }
}

const scale = "of the file";
namespace Geometry {
  export class Grid { async *[Symbol.asyncIterator](): AsyncGenerator<unknown> { yield [scale, typeof Grid]; } }
  export const scales = async function* (): AsyncGenerator<number> { yield scale; };
}

export let total = 0;

/** Rows, one after the other. */
export async function* rows<T extends Row>(list: readonly T[], by: number = 1): AsyncGenerator<T, number, void> {
  for (const row of list as T[]) {
    total += (row!.size satisfies number) * by; // counts
    bump();
    yield <T>row;
  }
  return total + counter;
}

class Reader<S extends Service> {
  static #made = 0;
  readonly #secret = "s";
  constructor(private readonly service: S, public label: Name = "r") { Reader.#made++; }
  async *read(this: Reader<S>, ...numbers: number[]): AsyncGenerator<string> {
    const quoted = <V,>(value: V): string => \`<\${value}>\`;
    try {
      for (const n of numbers) yield quoted(\`\${this.label}:\${await this.service.get(n)}:\${this.#secret}\`);
    } finally {
      log("closed", Reader.#made);
    }
  }
  static async *made(): AsyncGenerator<number> { yield Reader.#made; }
}

const arrow = { async *[("key" as string)](): AsyncGenerator<Color> { yield Color.Green; } };

async function* bound(this: { by: number }, n: number): AsyncGenerator<number> { yield n * this.by; yield arguments.length; }

export default async function* (): AsyncGenerator<unknown, void, undefined> {
  yield* bound.call({ by: 3 }, 5);
  const end = yield* rows([{ size: 1 }, { size: 2 }], 10);
  yield end;
  yield* Geometry.points(3);
  yield Geometry.scale;
  yield* new Geometry.Grid();
  yield* Geometry.scales();
  abstract class Shape { abstract sides(): number; async *each(): AsyncGenerator<number> { yield this.sides(); } }
  class Square extends Shape { sides(): number { return scale.length; } }
  yield* new Square().each();
  yield* arrow.key!();
}

export const lines: unknown[] = [];
function log(...words: unknown[]): void { lines.push(words.join(" ")); }
`;

const run = `import all, { lines, total } from "./main.js";
import * as main from "./main.js";
class Base { word(): string { return "super"; } }
class Derived extends Base {
  async *words(): AsyncGenerator<string> { "use aclose"; const later = async () => super.word(); yield super.word() + 1; yield await later(); }
  async *native(): AsyncGenerator<string> { yield super.word() + 2; }
}
async function go(): Promise<void> {
  for await (const word of new Derived().words()) lines.push(word);
  for await (const word of new Derived().native()) lines.push(word);
  for await (const value of all()) lines.push(JSON.stringify(value));
  for await (const value of main.readAll()) { lines.push(value); if (lines.length > 12) break; }
  lines.push("total " + total, main.rows.name, main.rows.length, Object.prototype.toString.call(main.rows));
  console.log(lines.join("\\n"));
}
void go();
`;

export const featureProject = {
  "src/lib.ts": lib,
  "src/main.ts": `${main}export function readAll(): AsyncGenerator<string> { return new Reader(new Service("p")).read(1, 2, 3); }\n`,
  "src/run.ts": run,
};
