/** `aclose/unplugin/webpack`: for webpack, in `plugins`. */

import type { Create, WebpackLikePlugin } from "./types.js";
import { unplugin } from "./unplugin.js";

/** The plugin for webpack. */
const plugin: Create<WebpackLikePlugin> = unplugin.webpack;
export default plugin;
