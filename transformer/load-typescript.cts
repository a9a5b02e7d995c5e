// Finds and loads a TypeScript with the classic API. CommonJS, because the choice is made at run time and must be synchronous.

import type typescript = require("typescript");
type TypeScript = typeof typescript;

function offersClassicApi(found: Partial<TypeScript> | undefined): found is TypeScript {
  return typeof found?.createSourceFile === "function";
}

function load(): TypeScript {
  const tried: string[] = [];
  const attempt = (name: string, load: () => Partial<TypeScript>): TypeScript | undefined => {
    try {
      const found = load();
      if (offersClassicApi(found)) return found;
      tried.push(`${name} ${found.version ?? ""} has no compiler API`);
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
  const message =
    "aclose needs a TypeScript with the classic compiler API to read your code. Install typescript 5.9 or 6.0, " +
    `or @typescript/typescript6 beside typescript 7; \`npx aclose init\` does it. (${tried.join("; ")})`;
  // Told apart by the command line, which reports what a user can mend in another way.
  throw Object.assign(new Error(message), { code: "ACLOSE_NO_TYPESCRIPT" });
}

export = load;
