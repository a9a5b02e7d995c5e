import type { Create, RollupLikePlugin } from "./types.js";
import { unplugin } from "./unplugin.js";

/** The plugin for Rollup. */
const plugin: Create<RollupLikePlugin> = unplugin.rollup;
export default plugin;
