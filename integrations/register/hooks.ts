/** The hooks for `import` where Node runs them on a thread of their own (`module.register`). */

import { afterLoad, formatOf, type Loaded, loadTypeScript, typeScriptPath } from "./load.js";
import { otherNames } from "./resolve.js";

type Next<Context, Result> = (name: string, context?: Context) => Promise<Result>;

export async function resolve<Context, Result>(
  specifier: string,
  context: Context,
  next: Next<Context, Result>,
): Promise<Result> {
  try {
    return await next(specifier, context);
  } catch (error) {
    for (const name of otherNames(specifier, error)) {
      // The first error is the one that names what the user wrote.
      const found = await next(name, context).catch(() => undefined);
      if (found !== undefined) return found;
    }
    throw error;
  }
}

export async function load<Context>(url: string, context: Context, next: Next<Context, Loaded>): Promise<Loaded> {
  const path = typeScriptPath(url);
  if (path === undefined) return afterLoad(url, await next(url, context));
  const format = formatOf(path);
  // Without a source Node goes through `require`, whose hook compiles it.
  if (format === "commonjs") return { format, source: null, shortCircuit: true };
  return { format, source: loadTypeScript(path, format), shortCircuit: true };
}
