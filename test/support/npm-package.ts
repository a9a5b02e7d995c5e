/** Packages that one test needs and that are too large to install with the others. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "mocha";
import { root } from "../doors/project.js";

/** The folder of a package, taken from the registry when it is first asked for. Without a network the test is skipped, and says why. */
export function packageOrSkip(context: Context, name: string, version: string): string {
  const home = join(root, "node_modules/.cache/aclose-packages", `${name}@${version}`);
  const folder = join(home, "node_modules", name);
  try {
    if (!existsSync(folder)) {
      mkdirSync(home, { recursive: true });
      execFileSync("npm", ["install", "--prefix", home, "--no-save", "--ignore-scripts", `${name}@${version}`], {
        stdio: ["ignore", "ignore", "pipe"],
      });
    }
    return folder;
  } catch (error) {
    console.log(`      skipped: ${name} cannot be had from the registry: ${(error as Error).message.split("\n")[0]}`);
    return context.skip();
  }
}
