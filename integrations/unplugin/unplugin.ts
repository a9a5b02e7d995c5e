/** One plugin for every bundler. It runs before the bundler's own lowering, which would take the generators away. */

import { createHash } from "node:crypto";
import { createUnplugin, type UnpluginContextMeta, type UnpluginInstance } from "unplugin";
import { directivePattern, type Options, version } from "../../transformer/index.js";
import { compileFile, installed } from "./compile-file.js";
import type { PluginOptions } from "./types.js";

/** Where bundlers put more than a path: `view.vue?vue&type=script&lang.ts`. */
const sourceFile = /\.[cm]?[jt]sx?(?:$|\?)|[?&.]lang\.[jt]sx?$/;
const component = /\.(?:vue|svelte|astro)$/;

/** A name whose ending tells the syntax; and no positions for a part of a file, whose lines are not those of the file. */
function optionsFor(id: string): Options & { readonly fileName: string } {
  const [path = id, query] = id.split("?");
  const language = query && /lang\.([jt]sx?)$/.exec(query)?.[1];
  if (!language) return { fileName: path };
  // SolidStart asks for a part of a module so, whose own ending tells it.
  return { fileName: sourceFile.test(path) ? path : `${path}.${language}`, positions: false };
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

/** Those of webpack and Rspack can be told in no other way. */
function nameFor({ framework }: UnpluginContextMeta, options: PluginOptions): string {
  return framework === "webpack" || framework === "rspack" ? keyOf(options) : "aclose";
}

export const unplugin: UnpluginInstance<PluginOptions | undefined, false> = createUnplugin((options = {}, meta) => ({
  name: nameFor(meta, options),
  enforce: "pre" as const,
  transform: {
    // A quick look before a parse: most files have no directive.
    filter:
      options.include === "all"
        ? { id: { include: sourceFile, exclude: installed } }
        : { id: { include: sourceFile }, code: directivePattern },
    handler(source: string, id: string) {
      return compileFile(this, source, { ...options, ...optionsFor(id) });
    },
  },
  vite: viteHooks(options),
}));

/** For Vite: a component's own plugin makes JavaScript of it, as a rule in one piece, which has no lines of the file. */
export const components: UnpluginInstance<PluginOptions | undefined, false> = createUnplugin((options = {}) => ({
  name: "aclose:components",
  enforce: "post" as const,
  transform: {
    filter:
      options.include === "all"
        ? { id: { include: component, exclude: installed } }
        : { id: { include: component }, code: directivePattern },
    handler(source: string, id: string) {
      return compileFile(this, source, { ...options, fileName: `${id.split("?")[0]}.js`, positions: false });
    },
  },
}));
