/** The decision about one file that Node loads, the same for hooks on a thread of their own and on the main thread. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compiled, type Format, isTypeScript, transpiled } from "./compile.js";

export interface Loaded {
  readonly format?: string | null | undefined;
  readonly source?: string | ArrayBuffer | NodeJS.TypedArray | null | undefined;
  readonly shortCircuit?: boolean;
}

/** Whether this Node removes types itself. */
const strips = Boolean((process.features as { typescript?: unknown }).typescript);

/** The path of a file that aclose loads in place of Node. */
export function typeScriptPath(url: string): string | undefined {
  if (strips || !url.startsWith("file:")) return undefined;
  const path = fileURLToPath(url);
  return isTypeScript(path) ? path : undefined;
}

/** What a package says about its files without a kind of their own. */
export function formatOf(path: string): Format {
  if (/\.mtsx?$/.test(path)) return "module";
  if (/\.ctsx?$/.test(path)) return "commonjs";
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      const { type } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { type?: string };
      return type === "module" ? "module" : "commonjs";
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    if (dirname(folder) === folder) return "commonjs";
  }
}

export function loadTypeScript(path: string, format: Format): string {
  return transpiled(readFileSync(path, "utf8"), path, format);
}

/** What Node loaded, with the generators compiled. */
export function afterLoad(url: string, loaded: Loaded): Loaded {
  const kind = loaded.format?.replace("-typescript", "");
  if ((kind !== "module" && kind !== "commonjs") || loaded.source == null || !url.startsWith("file:")) return loaded;
  const source =
    typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source as ArrayBuffer);
  const code = compiled(source, fileURLToPath(url), kind);
  return code === undefined ? loaded : { ...loaded, source: code };
}
