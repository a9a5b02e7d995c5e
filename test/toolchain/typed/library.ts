export interface Row {
  readonly id: number;
  readonly tags: readonly string[];
}
export type Shape = { kind: "circle"; r: number } | { kind: "square"; a: number };
export const table: { [name: string]: number } = { one: 1, two: 2 };
export const fixed: { readonly a: "A"; readonly b: "B" } = { a: "A", b: "B" };
export function assertNever(value: never): never {
  throw new Error(`no such shape: ${String(value)}`);
}
export function parse<T>(text: string): T {
  return JSON.parse(text) as T;
}
export class Base<T> {
  readonly value: T;
  constructor(value: T) {
    this.value = value;
  }
  describe(): string {
    return `value ${String(this.value)}`;
  }
}
