/** Programs of several modules, as one text in which a line names each. The first is the entry, which exports `main`. */

import vm, { type Module as VmModule } from "node:vm";
import ts from "typescript";
import { library } from "./library.js";
import type { Loaded, Main } from "./oracle.js";

export type ModuleFormat = "esm" | "commonjs";

const HEADING = /^\/\/ module (\w+)\n/gm;

export const heading = (name: string): string => `// module ${name}\n`;

/** The modules of a program, by name. */
export function modulesIn(program: string): Map<string, string> {
  const [, ...parts] = program.split(HEADING);
  const modules = new Map<string, string>();
  for (let index = 0; index < parts.length; index += 2) modules.set(parts[index]!, parts[index + 1]!);
  return modules;
}

/** The program of what each of its modules becomes. */
export const mapModules = (program: string, change: (text: string) => string): string =>
  [...modulesIn(program)].map(([name, text]) => heading(name) + change(text)).join("\n");

/** What TypeScript makes of a module. */
export const lowered = (text: string, module: ts.ModuleKind, target = ts.ScriptTarget.ESNext): string =>
  ts.transpileModule(text, {
    fileName: "input.ts",
    compilerOptions: { module, target, verbatimModuleSyntax: module === ts.ModuleKind.ESNext },
  }).outputText;

/** Throws what the engine says about a text. */
export const parsers = {
  esm: (text: string) => new vm.SourceTextModule(text),
  commonjs: (text: string, name?: string) =>
    new vm.Script(`(function (exports, require) {${text}\n})`, { filename: `${name}.js` }),
};

/** What modules call each other by. */
const nameOf = (specifier: string): string => specifier.replace(/^\.\//, "");

const isolated = (name: string): never => {
  throw new Error(`there is no module ${name}`);
};

/** The namespaces that are no texts: the library, and the runtime that compiled modules import. */
const namespaces = (scope: Record<string, unknown>): Record<string, Record<string, unknown>> => ({
  library: scope,
  "aclose/runtime": (globalThis as { __aclose?: Record<string, unknown> }).__aclose ?? {},
});

/** Parses and links; what it returns evaluates the modules in the library that it is given. */
async function loadModules(program: string): Promise<Loaded> {
  let scope: Record<string, unknown> = {};
  const modules = new Map<string, VmModule>();
  const evaluated = async (name: string): Promise<VmModule> => {
    const module = modules.get(name) ?? isolated(name);
    await module.evaluate();
    return module;
  };
  for (const [identifier, text] of modulesIn(program)) {
    const module = new vm.SourceTextModule(text, {
      identifier,
      initializeImportMeta: (meta) => void (meta.url = identifier),
      importModuleDynamically: (specifier) => evaluated(nameOf(specifier)),
    });
    modules.set(identifier, module);
  }
  const texts = [...modules.values()];
  for (const [name, exports] of Object.entries(namespaces(library(() => undefined)))) {
    const names = Object.keys(exports);
    const module = new vm.SyntheticModule(names, () => {
      for (const each of names) module.setExport(each, namespaces(scope)[name]![each]);
    });
    modules.set(name, module);
  }
  for (const module of texts)
    if (module.status === "unlinked")
      await module.link((specifier) => modules.get(nameOf(specifier)) ?? isolated(specifier));
  return async (given) => {
    scope = given;
    await texts[0]!.evaluate();
    return (texts[0]!.namespace as { main: Main }).main;
  };
}

/** The same for CommonJS. */
function loadCommonJs(program: string): Loaded {
  const factories = new Map(
    [...modulesIn(program)].map(([name, text]) => [name, parsers.commonjs(text, name).runInThisContext()]),
  );
  return (scope) => {
    const loaded = new Map<string, object>(Object.entries(namespaces(scope)));
    const require = (specifier: string): any => {
      const name = nameOf(specifier);
      if (!loaded.has(name)) {
        const factory = factories.get(name) ?? isolated(specifier);
        const exports = {};
        loaded.set(name, exports);
        factory.call(exports, exports, require);
      }
      return loaded.get(name);
    };
    return require([...factories.keys()][0]!).main;
  };
}

export const loaders = { esm: loadModules, commonjs: loadCommonJs } as const;
