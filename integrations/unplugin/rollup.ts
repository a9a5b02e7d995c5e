/** `aclose/unplugin/rollup`: for Rollup, first in `plugins`: what stands before it may lower the generators. */

import type { Create, RollupLikePlugin } from "./types.js";
import { unplugin } from "./unplugin.js";

/** The plugin for Rollup. */
const plugin: Create<RollupLikePlugin> = unplugin.rollup;
export default plugin;
