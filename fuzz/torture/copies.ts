/** Copies of the runtime in one program, as there are where a library was bundled with its own. */

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compileText } from "../../test/runtime/support/compile.js";
import type { Options } from "../../transformer/index.js";

export type Api = typeof import("../../runtime/index.js");

export interface Copies {
  readonly apis: readonly Api[];
  /** Runs each script with a copy of its own, in turn, and gives what all of them export. */
  compile(scripts: readonly string[], options: (index: number) => Options): any;
}

export async function loadCopies(count: number): Promise<Copies> {
  const sources = fileURLToPath(new URL("../../runtime", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "aclose-torture-"));
  const apis: Api[] = [];
  try {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    for (let index = 0; index < count; index++) {
      const place = index === 0 ? sources : join(folder, `${index}`);
      if (index > 0) cpSync(sources, place, { recursive: true });
      (globalThis as any)[`__acloseCopy${index}`] = await import(pathToFileURL(join(place, "runtime.ts")).href);
      apis.push(await import(pathToFileURL(join(place, "index.ts")).href));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return {
    apis,
    compile: (scripts, options) =>
      Object.assign(
        {},
        ...scripts.map((text, index) =>
          compileText(text, { ...options(index), runtime: { global: `__acloseCopy${index % count}` } }),
        ),
      ),
  };
}
