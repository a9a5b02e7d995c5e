/** One plugin for every bundler. It runs before the bundler's own lowering, which would take the generators away. */

import { createHash } from "node:crypto";
import { basename } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { createUnplugin, type UnpluginContextMeta, type UnpluginInstance } from "unplugin";
import { concernPattern, version } from "../../transformer/index.js";
import { assertOptions } from "../assert-options.js";
import { component } from "../file-kinds.js";
import { compileFile, type Origin, type Reporter, withFrames } from "./compile-file.js";
import type { PluginOptions } from "./types.js";

/** Where bundlers put more than a path: `view.vue?vue&type=script&lang.ts`. */
const sourceFile = /\.[cm]?[jt]sx?(?:$|\?)|[?&.]lang\.[jt]sx?$/;

/** What Vite and Rollup give a plugin: how the text came to be that it is given. */
interface Traceable {
  getCombinedSourcemap?(): object;
}

/** Without a map a line of what was made is one of the file's by chance only: so the name is that of what was made, too. */
const originOf =
  (id: string, file: string, host: Traceable): Origin =>
  ({ line, column }) => {
    const map = host.getCombinedSourcemap?.();
    const found = map && originalPositionFor(new TraceMap(map as never), { line, column: column - 1 });
    // Some name it as a whole, some from a folder of theirs.
    const isFound = found?.source && basename(found.source) === basename(file);
    return isFound ? { file, line: found.line, column: found.column + 1 } : { file: id, line, column };
  };

/** What is made of a file, or of a part of it: its lines are not the file's. `fileName` has an ending that tells the syntax. */
function compilePart(host: Reporter, source: string, options: PluginOptions, id: string, fileName: string) {
  const [file = id] = id.split("?");
  return compileFile(host, source, { ...options, fileName, positions: false }, originOf(id, file, host as Traceable));
}

/** The ending that tells the syntax: the name's own, or in a query that of a part, as of a script in a page of HTML. */
const ending = /\.[cm]?[jt]sx?$/;

function compileFileOrPart(host: Reporter, source: string, options: PluginOptions, id: string) {
  const [file = id, query = ""] = id.split("?");
  const isSource = ending.test(file);
  // SolidStart asks for a part of a module so, whose own ending tells it.
  if (isSource && !/lang\.[jt]sx?$/.test(query)) return compileFile(host, source, { ...options, fileName: file });
  return compilePart(host, source, options, id, isSource ? file : `${file}${ending.exec(query)?.[0] ?? ".js"}`);
}

/** What Vitest gives a plugin; before version 5 under the second name. */
type DefineKey = (key: () => string) => void;
type Vitest = { readonly [name in "defineCacheKeyGenerator" | "experimental_defineCacheKeyGenerator"]?: DefineKey };

function viteHooks(options: PluginOptions) {
  return {
    config: () => viteConfig(options),
    configureVitest(vitest: Vitest): void {
      (vitest.defineCacheKeyGenerator ?? vitest.experimental_defineCacheKeyGenerator)?.(() => keyOf(options));
    },
  };
}

function viteConfig(options: PluginOptions) {
  return {
    // Vite prepares packages before it serves; one it meets only in compiled code would reload the page.
    ...(options.runtime ? {} : { optimizeDeps: { include: ["aclose/runtime"] } }),
    // It builds workers with the plugins that are named for them alone, and wants new ones for each.
    worker: { plugins: () => [unplugin.vite(options)] },
  };
}

/** For caches, which know a plugin by its name, and nothing else of what it does. */
function keyOf(options: PluginOptions): string {
  const key = createHash("sha256").update(JSON.stringify([version, options]));
  return `aclose-${key.digest("hex").slice(0, 8)}`;
}

const isWebpackLike = ({ framework }: UnpluginContextMeta): boolean =>
  framework === "webpack" || framework === "rspack";

/** Those of webpack and Rspack can be told in no other way. */
function nameFor(meta: UnpluginContextMeta, options: PluginOptions): string {
  return isWebpackLike(meta) ? keyOf(options) : "aclose";
}

function filterFor(files: RegExp, { include }: PluginOptions) {
  return { id: files, code: concernPattern(include) };
}

type Handler = (this: Reporter, source: string, id: string) => ReturnType<typeof compileFile>;

/** As Rollup has had it from the start: some that take its plugins, as Web Test Runner does, pass over any other form. */
function filtered({ id: files, code }: ReturnType<typeof filterFor>, handler: Handler): Handler {
  return function (source, id) {
    return files.test(id) && code.test(source) ? handler.call(this, source, id) : null;
  };
}

export const unplugin: UnpluginInstance<PluginOptions | undefined, false> = createUnplugin((options = {}, meta) => {
  assertOptions(options);
  const filter = filterFor(sourceFile, options);
  const handler: Handler = function (source, id) {
    return compileFileOrPart(isWebpackLike(meta) ? withFrames(this) : this, source, options, id);
  };
  return {
    name: nameFor(meta, options),
    enforce: "pre" as const,
    transform: meta.framework === "rollup" ? filtered(filter, handler) : { filter, handler },
    vite: viteHooks(options),
  };
});

/** For Vite: a component's own plugin makes JavaScript of it, as a rule in one piece, which has no lines of the file. */
export const components: UnpluginInstance<PluginOptions | undefined, false> = createUnplugin((options = {}) => ({
  name: "aclose:components",
  enforce: "post" as const,
  transform: {
    filter: filterFor(component, options),
    handler(source: string, id: string) {
      return compilePart(this, source, options, id, `${id.split("?")[0]}.js`);
    },
  },
}));
