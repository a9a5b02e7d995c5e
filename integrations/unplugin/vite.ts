/** `aclose/unplugin/vite`: `plugins: [aclose()]` of Vite and Vitest. */

import type { Create, RollupLikePlugin } from "./types.js";
import { components, unplugin } from "./unplugin.js";

/** The plugin for Vite, in two: for modules it comes before those that lower them, for components after those that make them. */
const plugin: Create<RollupLikePlugin[]> = (options) => [unplugin.vite(options), components.vite(options)];
export default plugin;
