/** `aclose/unplugin/rspack`: for Rspack, in `plugins`. */

import type { Create, WebpackLikePlugin } from "./types.js";
import { unplugin } from "./unplugin.js";

/** The plugin for Rspack. */
const plugin: Create<WebpackLikePlugin> = unplugin.rspack;
export default plugin;
