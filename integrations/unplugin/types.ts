/**
 * The plugins as the bundlers take them, in no bundler's own types: those are there only when that bundler is, and two
 * versions of one do not fit each other.
 */

import type { Options } from "../../transformer/options.js";

/** The options of `transform`; the file's name and the map are the bundler's business. */
export type PluginOptions = Omit<Options, "fileName" | "sourceMap">;

/** For Rollup, Rolldown and Vite. */
export interface RollupLikePlugin {
  name: string;
}

/** For esbuild. */
export interface EsbuildPlugin {
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: esbuild's PluginBuild
  setup(build: any): void | Promise<void>;
}

/** For webpack and Rspack. */
export interface WebpackLikePlugin {
  // biome-ignore lint/suspicious/noExplicitAny: the bundler's Compiler
  apply(compiler: any): void;
}

export type Create<Plugin> = (options?: PluginOptions) => Plugin;
