/** The hook for `require` where Node has none that is public: the way of every loader before `registerHooks`. */

import Module from "node:module";
import { compiled } from "./compile.js";
import { loadTypeScript, whyNotCommonJs } from "./load.js";
import { otherRequests } from "./resolve.js";

interface LoadedModule {
  _compile(code: string, fileName: string): unknown;
}
type Extension = (module: LoadedModule, fileName: string) => void;
interface Loader {
  _extensions: Record<string, Extension>;
  _resolveFilename(request: string, ...rest: unknown[]): string;
}

/** Node took the file for CommonJS first and for a module then, or not at all. */
const isOfModules = (error: unknown): boolean =>
  error instanceof SyntaxError || /^ERR_REQUIRE_/.test(String((error as { code?: unknown } | undefined)?.code));

export function hookRequire(): void {
  const loader = Module as unknown as Loader;
  for (const extension of [".ts", ".tsx", ".cts", ".mts"]) {
    loader._extensions[extension] = (module, fileName) => {
      const code = loadTypeScript(fileName, "commonjs");
      try {
        module._compile(code, fileName);
      } catch (error) {
        // What the file itself throws is passed on as it is.
        throw isOfModules(error) ? whyNotCommonJs(fileName, error) : error;
      }
    };
  }
  const plain = loader._extensions[".js"] as Extension;
  loader._extensions[".js"] = (module, fileName) => {
    const compile = module._compile;
    module._compile = (code, name) => compile.call(module, compiled(code, name, "commonjs") ?? code, name);
    plain(module, fileName);
  };
}

/** Also where there are hooks: Node 22 does not ask them for what an entry in CommonJS requires. */
export function hookRequireNames(): void {
  const loader = Module as unknown as Loader;
  const resolve = loader._resolveFilename;
  loader._resolveFilename = (request, ...rest) => {
    try {
      return resolve.call(loader, request, ...rest);
    } catch (error) {
      for (const name of otherRequests(request, error)) {
        try {
          return resolve.call(loader, name, ...rest);
        } catch {
          // The first error is the one that names what the user wrote.
        }
      }
      throw error;
    }
  };
}
