/** Other versions of Node in tests. */

import type { Context } from "mocha";
import { nameOf, nodeAt } from "../../bench/nodes.js";

/** The command of a Node of this major version. Without a network the test is skipped, and says why. */
export function nodeOrSkip(context: Context, major: string): string {
  if (process.version.startsWith(`v${major}.`)) return process.execPath;
  try {
    const path = nodeAt(major);
    nameOf(path);
    return path;
  } catch (error) {
    console.log(
      `      skipped: Node ${major} cannot be had from the registry: ${(error as Error).message.split("\n")[0]}`,
    );
    return context.skip();
  }
}
