/** `aclose/unplugin/esbuild`: for esbuild and tsup, first in `plugins`: esbuild asks one plugin about a file. */

import type { Create, EsbuildPlugin } from "./types.js";
import { unplugin } from "./unplugin.js";

/** The plugin for esbuild. */
const plugin: Create<EsbuildPlugin> = unplugin.esbuild;
export default plugin;
