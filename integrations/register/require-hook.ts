/** The hook for `require` where Node has none that is public: the way of every loader before `registerHooks`. */

import Module from "node:module";
import { compiled } from "./compile.js";
import { loadTypeScript } from "./load.js";
import { otherNames } from "./resolve.js";

interface LoadedModule {
  _compile(code: string, fileName: string): unknown;
}
type Extension = (module: LoadedModule, fileName: string) => void;
interface Loader {
  _extensions: Record<string, Extension>;
  _resolveFilename(request: string, ...rest: unknown[]): string;
}

export function hookRequire(): void {
  const loader = Module as unknown as Loader;
  for (const extension of [".ts", ".tsx", ".cts", ".mts"]) {
    loader._extensions[extension] = (module, fileName) =>
      void module._compile(loadTypeScript(fileName, "commonjs"), fileName);
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
      for (const name of otherNames(request, error)) {
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
