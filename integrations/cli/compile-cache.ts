/** Loaded first: what Node compiles of this command line and of TypeScript, it keeps for the next run, where it can (22.8 and later). */

import * as nodeModule from "node:module";

const { enableCompileCache } = nodeModule as { enableCompileCache?: () => void };
enableCompileCache?.();
