import type { Create, RollupLikePlugin } from "./types.js";
import { unplugin } from "./unplugin.js";

/** The plugin for Vite. */
const plugin: Create<RollupLikePlugin> = unplugin.vite;
export default plugin;
