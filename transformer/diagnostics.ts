/**
 * Every message a user can see. Codes are stable: a number is never given to a second meaning, and a message
 * that is withdrawn leaves its number behind.
 */

import { lineEnd } from "./line-ends.js";

/** An error keeps the file as it is; a warning does not. */
export type Severity = "error" | "warning";

/** One message about one place. */
export interface Diagnostic {
  /** `ACLOSE1001` …, or TypeScript's own `TS1005` … for syntax errors. */
  readonly code: string;
  readonly severity: Severity;
  /** English, without code and place. */
  readonly message: string;
  /** As it was given in the options. */
  readonly fileName: string;
  /** Offset into the source text, in UTF-16 code units. */
  readonly start: number;
  /** In UTF-16 code units; 0 for what concerns the whole file, and for an option whose place nobody knows. */
  readonly length: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
}

/** Where a diagnostic points: what every factory below is called with. */
export interface Place {
  readonly fileName: string;
  readonly text: string;
  readonly start: number;
  readonly length: number;
}

type Words = readonly (string | number)[];

/** A diagnostic factory: `unknownDirectiveWord.at(place, word)`. */
export interface Message<Args extends Words> {
  readonly code: string;
  readonly severity: Severity;
  at(place: Place, ...args: Args): Diagnostic;
}

/** The 1-based line and column of an offset. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  const end = new RegExp(lineEnd, "g");
  for (let match = end.exec(text); match && end.lastIndex <= offset; match = end.exec(text)) {
    line++;
    lineStart = end.lastIndex;
  }
  return { line, column: offset - lineStart + 1 };
}

function diagnostic(code: string, severity: Severity, message: string, place: Place): Diagnostic {
  const { fileName, text, start, length } = place;
  return { code, severity, message, fileName, start, length, ...positionOf(text, start) };
}

function define<Args extends Words>(code: number, severity: Severity, text: (...args: Args) => string): Message<Args> {
  const name = `ACLOSE${code}`;
  return { code: name, severity, at: (place, ...args) => diagnostic(name, severity, text(...args), place) };
}

/** A syntax error in TypeScript's own words and under its own number. */
export function syntaxError(place: Place, code: number, message: string): Diagnostic {
  return diagnostic(`TS${code}`, "error", message, place);
}

// 1000–1099: options and directives

export const unknownOption = define(
  1001,
  "error",
  (name: string, known: string) => `Unknown option "${name}". The options are: ${known}.`,
);
export const wrongOptionValue = define(
  1002,
  "error",
  (name: string, found: string, expected: string) => `Option "${name}" cannot be ${found}. It takes ${expected}.`,
);
export const unknownDirectiveWord = define(
  1003,
  "error",
  (word: string, directive: string, known: string) =>
    `Unknown word "${word}" in the "${directive}" directive. The words are: ${known}.`,
);
export const misplacedDirective = define(
  1004,
  "error",
  () =>
    `The "use aclose" directive works only among the first statements of a file or of a function body. Here it has no effect.`,
);
export const contradictingDirectives = define(
  1005,
  "error",
  () => `"use aclose" and "use no aclose" are in the same prologue. Remove one of them.`,
);
export const contradictingDirectiveWords = define(
  1006,
  "error",
  (word: string, other: string) => `"${word}" and "${other}" cannot stand in one directive.`,
);
export const unknownRule = define(
  1007,
  "error",
  (name: string, known: string) => `Unknown rule "${name}" in option "rules". ${known}`,
);
export const unsupportedFile = define(
  1008,
  "error",
  (extension: string, known: string) =>
    `Cannot tell the syntax of a file that ends in "${extension}". The file name must end in: ${known}.`,
);
export const directiveOnOtherFunction = define(
  1009,
  "error",
  (kind: string) =>
    `The "use aclose" directive is in ${kind}, which is no async generator function. Put it into one, or at the top of the file.`,
);

export const earlyError = define(1010, "error", (reason: string) => `${reason}.`);
export const nestsTooDeeply = define(
  1011,
  "error",
  () => "This file nests too deeply for the compiler. Move a part of it into functions of its own.",
);
export const notUtf8 = define(1012, "error", () => "This file is not UTF-8 from here on. Save it as UTF-8.");
export const misspeltDirective = define(
  1013,
  "error",
  (text: string, directive: string) => `"${text}" is no directive, and does nothing. Is it meant to be "${directive}"?`,
);

// 1100–1199: functions that stay native

export const staysNativeDirectEval = define(
  1101,
  "warning",
  (name: string) =>
    `"${name}" stays a native async generator: it contains a direct eval, which can see and change its variables.`,
);
export const staysNativeWith = define(
  1102,
  "warning",
  (name: string) =>
    `"${name}" stays a native async generator: it contains a with statement, which can hide its variables.`,
);

export const staysNativeUnsupported = define(
  1103,
  "warning",
  (name: string, construct: string) => `"${name}" stays a native async generator: ${construct} cannot be rewritten.`,
);

export const staysNativeDirective = define(
  1104,
  "warning",
  (name: string, directive: string) =>
    `"${name}" stays a native async generator: another tool takes functions with the directive "${directive}" elsewhere. Return the generator from a function that has it.`,
);

export const staysNativeBeforeImports = define(
  1105,
  "warning",
  (name: string) =>
    `"${name}" stays a native async generator: Vitest runs what is in vi.hoisted before the imports, the runtime's too.`,
);

// 1500–1599: optional rules

export const ruleYieldInFinally = define(
  1501,
  "warning",
  (subject: string) =>
    `"${subject}" inside finally: while the generator is being closed it hands out a value and the close stays unfinished. Await there, and yield before.`,
);
export const ruleYieldWhileHolding = define(
  1502,
  "warning",
  (subject: string) =>
    `"yield" while holding ${subject}: the consumer decides how long that lasts. Release it before the yield, or collect first and yield then.`,
);
export const ruleDelegation = define(
  1503,
  "warning",
  (subject: string) =>
    `"${subject}" has no counterpart in Python's asynchronous generators. Write a for await loop that yields.`,
);
export const ruleUnclosedNext = define(
  1504,
  "warning",
  (subject: string) =>
    `"${subject}" is driven by hand and not closed on every path. Use for await, "await using", or close it in a finally.`,
);

// 1200–1299: linking to the runtime

export const scriptNeedsGlobalRuntime = define(
  1201,
  "error",
  (specifier: string) =>
    `This file is a script, which cannot import "${specifier}". Set the option "runtime" to { "global": "__aclose" } and load aclose/global before it, or make the file a module: by "export {}" in it, or by the option "module": "esm".`,
);

// 1300–1399: the tsc plugin

export const changedByEarlierTransformer = define(
  1301,
  "warning",
  () =>
    `An earlier transformer changed this file. It was printed and compiled again, so positions in it are those of the printed text. Put aclose first in "plugins".`,
);
