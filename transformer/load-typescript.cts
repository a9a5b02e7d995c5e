// Finds and loads a TypeScript with the classic API. CommonJS, because the choice is made at run time and must be synchronous.

import type typescript = require("typescript");
type TypeScript = typeof typescript;

/** Version 7 has none, and one before 5.3 not all that the compiler asks for. */
function offersApi(found: Partial<TypeScript> | undefined): found is TypeScript {
  return typeof found?.createSourceFile === "function" && found.JSDocParsingMode !== undefined;
}

/** Told apart by the command line, which reports what a user can mend in another way. */
function refusal(tried: readonly string[]): Error {
  const message =
    "aclose needs a TypeScript with the classic compiler API to read your code. Install typescript 5.9 or 6.0, " +
    `or @typescript/typescript6 beside another version; \`npx aclose init\` does it. (${tried.join("; ")})`;
  return Object.assign(new Error(message), { code: "ACLOSE_NO_TYPESCRIPT" });
}

const lack = (name: string, { version = "" }: Partial<TypeScript>): string => `${name} ${version} has no such API`;

function find(): TypeScript {
  const tried: string[] = [];
  const attempt = (name: string, load: () => Partial<TypeScript>): TypeScript | undefined => {
    try {
      const found = load();
      if (offersApi(found)) return found;
      tried.push(lack(name, found));
    } catch (error) {
      tried.push(`${name}: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`);
    }
    return undefined;
  };
  // Literal names: bundlers follow no others.
  const found =
    attempt("typescript", () => require("typescript")) ??
    attempt("@typescript/typescript6", () => require("@typescript/typescript6"));
  if (found) return found;
  throw refusal(tried);
}

/** The TypeScript that a host runs with, for which no other can stand in, or else one that is found. */
function load(host?: TypeScript): TypeScript {
  if (!host) return find();
  if (offersApi(host)) return host;
  throw refusal([lack("typescript", host)]);
}

export = load;
