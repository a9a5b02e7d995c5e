/** `node --import aclose/register app.ts`: compiles what Node loads, `.ts` and `.js`, by `import` and by `require`. */

import * as nodeModule from "node:module";
import { pathToFileURL } from "node:url";
import { typescript } from "../../transformer/index.js";
import { afterLoad, formatOf, type Loaded, loadTypeScript, typeScriptPath } from "./load.js";
import { hookRequire, hookRequireNames } from "./require-hook.js";
import { otherNames } from "./resolve.js";

type Next<Result> = (name: string, context?: unknown) => Result;
interface Hooks {
  resolve<Result>(specifier: string, context: unknown, next: Next<Result>): Result;
  load(url: string, context: unknown, next: Next<Loaded>): Loaded;
}

/** For `import` and `require`, on the main thread (Node 22.15 and later). */
const hooks: Hooks = {
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      for (const name of otherNames(specifier, error)) {
        try {
          return next(name, context);
        } catch {
          // The first error is the one that names what the user wrote.
        }
      }
      throw error;
    }
  },
  load(url, context, next) {
    const path = typeScriptPath(url);
    if (path === undefined) return afterLoad(url, next(url, context));
    const format = formatOf(path);
    return { format, source: loadTypeScript(path, format), shortCircuit: true };
  },
};

// They take the hooks, and go on without what these give.
if (process.versions.bun || process.versions.deno)
  throw new Error("aclose/register works in Node only: give Bun and Deno what `aclose build` writes.");
// Has it loaded while there are no hooks, which would need it to compile it.
void typescript.version;
const { registerHooks } = nodeModule as { registerHooks?: (hooks: Hooks) => void };
if (registerHooks) registerHooks(hooks);
else {
  nodeModule.register(new URL("./hooks.js", pathToFileURL(__filename)));
  hookRequire();
}
hookRequireNames();
process.setSourceMapsEnabled(true);
