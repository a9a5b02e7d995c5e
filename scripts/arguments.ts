/** What the judges and measurements are called with. Who misspells a flag or a number is told so: what judges nothing must not pass. */

import { parseArgs } from "node:util";

interface Flag<Value> {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  /** Undefined for what the flag does not take. */
  read(given: string | boolean | readonly string[]): Value | undefined;
  readonly expected: string;
  readonly standard: Value;
}

export const text = <Standard extends string | undefined>(standard: Standard): Flag<string | Standard> => ({
  type: "string",
  read: (given) => given as string,
  expected: "a text",
  standard,
});

export const texts = (standard: readonly string[]): Flag<readonly string[]> => ({
  type: "string",
  multiple: true,
  read: (given) => given as readonly string[],
  expected: "texts",
  standard,
});

export const number = <Standard extends number | undefined>(standard: Standard): Flag<number | Standard> => ({
  type: "string",
  read: (given) => (/^\d+$/.test(given as string) ? Number(given) : undefined),
  expected: "a whole number",
  standard,
});

export const oneOf = <const Word extends string, const Standard extends Word | undefined>(
  words: readonly Word[],
  standard: Standard,
): Flag<Word | Standard> => ({
  type: "string",
  read: (given) => words.find((word) => word === given),
  expected: words.join(", "),
  standard,
});

export const toggle: Flag<boolean> = {
  type: "boolean",
  read: (given) => given as boolean,
  expected: "nothing",
  standard: false,
};

type Values<Flags> = { readonly [Name in keyof Flags]: Flags[Name] extends Flag<infer Value> ? Value : never };

/** Ends the program with a word and the usage. */
export function refuse(usage: string, why: string): never {
  console.error(`${why}\n\n${usage}`);
  process.exit(2);
}

/** `operands`: how many arguments without a flag there may be. */
export function argumentsOf<Flags extends Readonly<Record<string, Flag<unknown>>>>(
  usage: string,
  flags: Flags,
  operands = 0,
): { readonly values: Values<Flags>; readonly positionals: readonly string[] } {
  const described = Object.entries(flags).map(([name, { type, multiple = false }]) => [name, { type, multiple }]);
  const { values, positionals } = parsed(usage, Object.fromEntries(described), operands);
  const read = Object.entries(flags).map(([name, flag]) => {
    const given = (values as Record<string, unknown>)[name];
    if (given === undefined) return [name, flag.standard];
    const value = flag.read(given as string);
    if (value === undefined) refuse(usage, `--${name} takes ${flag.expected}, not "${given}".`);
    return [name, value];
  });
  return { values: Object.fromEntries(read), positionals };
}

function parsed(usage: string, options: Record<string, { type: "string" | "boolean" }>, operands: number) {
  try {
    const found = parseArgs({ options: { ...options, help: { type: "boolean" } }, allowPositionals: operands > 0 });
    if (found.positionals.length > operands) refuse(usage, `Too many arguments: ${found.positionals.join(" ")}.`);
    if (!found.values.help) return found;
  } catch (error) {
    refuse(usage, (error as Error).message);
  }
  console.log(usage);
  process.exit(0);
}
