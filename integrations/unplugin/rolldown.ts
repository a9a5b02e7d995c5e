/** `aclose/unplugin/rolldown`: for Rolldown and tsdown, in `plugins`. */

import type { Create, RollupLikePlugin } from "./types.js";
import { unplugin } from "./unplugin.js";

/** The plugin for Rolldown. */
const plugin: Create<RollupLikePlugin> = unplugin.rolldown;
export default plugin;
