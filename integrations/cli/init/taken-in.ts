/** A configuration may have from another file of the house what it is asked for. */

import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { isFile, toPosix } from "../files.js";
import { liveText } from "./config-values.js";

/** In JavaScript, and the keys by which Babel and Jest take in others. */
const specifiers =
  /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\(|\b(?:extends|preset)["']?\s*:)\s*["']([^"'\n]+)["']/g;
const kinds = ["ts", "mts", "cts", "js", "mjs", "cjs", "json"];
const endings = ["", ...kinds.map((kind) => `.${kind}`), ...kinds.map((kind) => `/index.${kind}`)];

/** Undefined for what is nobody's own. */
function resolved(specifier: string, from: string): string | undefined {
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) {
    const path = resolve(dirname(from), specifier);
    // `./shared.js` may be written in TypeScript.
    const written = path.replace(/\.([cm]?)js$/, ".$1ts");
    return [...endings.map((ending) => path + ending), written].find(isFile);
  }
  try {
    // A package of the workspace is linked to.
    const path = realpathSync(createRequire(from).resolve(specifier));
    return toPosix(path).includes("/node_modules/") ? undefined : path;
  } catch {
    return undefined;
  }
}

/** The file, and those that it takes in, which others of the project or its workspace are: as seen from the folder. */
export function filesOf(folder: string, config: string): string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const [, specifier = ""] of readFileSync(path, "utf8").matchAll(specifiers)) {
      const other = resolved(specifier, path);
      if (other !== undefined) visit(other);
    }
  };
  const first = join(folder, config);
  if (existsSync(first)) visit(first);
  return [...found].map((path) => toPosix(relative(folder, path)));
}

/** What there is to a configuration, with those of what it takes in; empty where it is not there. */
export const wholeText = (folder: string, config: string): string =>
  filesOf(folder, config)
    .map((name) => liveText(readFileSync(join(folder, name), "utf8")))
    .join("\n");
