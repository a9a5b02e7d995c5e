/**
 * The plugins as the bundlers take them, in no bundler's own types: those are there only when that bundler is, and two
 * versions of one do not fit each other.
 */

import type { PluginOptions } from "./unplugin.js";

export type { PluginOptions };

/** For Rollup, Rolldown and Vite. */
export interface RollupLikePlugin {
  name: string;
}

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
