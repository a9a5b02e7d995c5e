import type { Create, EsbuildPlugin } from "./types.js";
import { unplugin } from "./unplugin.js";

/** The plugin for esbuild. */
const plugin: Create<EsbuildPlugin> = unplugin.esbuild;
export default plugin;
