/** `aclose/unplugin`: the plugin for every bundler by name. */

import esbuild from "./esbuild.js";
import rolldown from "./rolldown.js";
import rollup from "./rollup.js";
import rspack from "./rspack.js";
import type { Create, EsbuildPlugin, RollupLikePlugin, WebpackLikePlugin } from "./types.js";
import vite from "./vite.js";
import webpack from "./webpack.js";

export type { EsbuildPlugin, PluginOptions, RollupLikePlugin, WebpackLikePlugin } from "./types.js";
export { esbuild, rolldown, rollup, rspack, vite, webpack };

/** One factory for each bundler. */
export interface BundlerPlugins {
  vite: Create<RollupLikePlugin[]>;
  rollup: Create<RollupLikePlugin>;
  rolldown: Create<RollupLikePlugin>;
  webpack: Create<WebpackLikePlugin>;
  rspack: Create<WebpackLikePlugin>;
  esbuild: Create<EsbuildPlugin>;
}

/** All of them by name: `aclose.vite({ ticks: "fused" })`. */
const plugins: BundlerPlugins = { vite, rollup, rolldown, webpack, rspack, esbuild };
export default plugins;
