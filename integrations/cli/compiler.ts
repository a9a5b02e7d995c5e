/** The compiler, loaded when a command needs it: `init` and `doctor` must work where there is no TypeScript yet. */

import { UsageError } from "./exit.js";

type Compiler = typeof import("../../transformer/index.js");

export async function loadCompiler(): Promise<Compiler> {
  try {
    const compiler = await import("../../transformer/index.js");
    // Asked for anything, it looks for a TypeScript.
    void compiler.typescript.version;
    return compiler;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ACLOSE_NO_TYPESCRIPT") throw error;
    throw new UsageError((error as Error).message);
  }
}
