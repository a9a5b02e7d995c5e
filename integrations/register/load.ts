/** The decision about one file that Node loads, the same for hooks on a thread of their own and on the main thread. */

import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isTypeScript } from "../../transformer/file-kinds.js";
import { isDeclaration } from "../file-kinds.js";
import { compiled, type Format, transpiled } from "./compile.js";
import { awaitsAtTopLevel } from "./top-level-await.js";

export interface Loaded {
  readonly format?: string | null | undefined;
  readonly source?: string | ArrayBuffer | NodeJS.TypedArray | null | undefined;
  readonly shortCircuit?: boolean;
}

/** Whether this Node finds and reads TypeScript itself, but for JSX. */
const readsTypeScript = Boolean((process.features as { typescript?: unknown }).typescript);

/** The path of a file that aclose loads in place of Node. */
export function typeScriptPath(url: string): string | undefined {
  if (!url.startsWith("file:")) return undefined;
  const path = fileURLToPath(url);
  return isTypeScript(path) && !isDeclaration(path) && !(readsTypeScript && path.endsWith("ts")) ? path : undefined;
}

/** As a text, without the byte order mark that some editors write: to TypeScript and JSON it would be a part of it. */
const textOf = (bytes: string | ArrayBuffer | NodeJS.TypedArray): string =>
  typeof bytes === "string" ? bytes : new TextDecoder().decode(bytes as ArrayBuffer);

/** What a package says about its files without a kind of their own. */
export function formatOf(path: string): Format {
  if (/\.mtsx?$/.test(path)) return "module";
  if (/\.ctsx?$/.test(path)) return "commonjs";
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    try {
      const { type } = JSON.parse(textOf(readFileSync(manifest))) as { type?: string };
      return type === "module" ? "module" : "commonjs";
    } catch (error) {
      // One that cannot be read is none, to Node too: with `--permission`, what is above the project.
      if (error instanceof SyntaxError) throw new SyntaxError(`${manifest}: ${error.message}`, { cause: error });
    }
    if (dirname(folder) === folder) return "commonjs";
  }
}

export function loadTypeScript(path: string, format: Format): string {
  return transpiled(textOf(readFileSync(path)), path, format);
}

/** What Node says of it speaks of cycles that nobody has written. */
export function whyNotCommonJs(path: string, error: unknown): unknown {
  if (!awaitsAtTopLevel(readFileSync(path, "utf8"), path)) return error;
  const name = path.replace(/\.c?ts(x?)$/, ".mts$1");
  const cure = `Call it ${basename(name)}, or write "type": "module" into package.json.`;
  return new SyntaxError(`${path} is CommonJS, which cannot await at its top level. ${cure}`, { cause: error });
}

/** What Node loaded, with the generators compiled. TypeScript becomes JavaScript here: Node would only remove the types. */
export function afterLoad(url: string, loaded: Loaded): Loaded {
  const kind = loaded.format?.replace("-typescript", "");
  if ((kind !== "module" && kind !== "commonjs") || loaded.source == null || !url.startsWith("file:")) return loaded;
  const source = textOf(loaded.source);
  const path = fileURLToPath(url);
  const code = kind === loaded.format ? compiled(source, path, kind) : transpiled(source, path, kind);
  return code === undefined ? loaded : { ...loaded, format: kind, source: code };
}
