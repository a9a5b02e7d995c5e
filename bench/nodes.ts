/** Other engines to measure on. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const store = fileURLToPath(new URL("../node_modules/.cache/aclose-nodes", import.meta.url));

/**
 * The path of an engine: a path stays as it is; a version (`22`) is taken from npm when it is first asked for. It is no
 * devDependency, because the package's command would take the place of `node` in npm scripts.
 */
export function nodeAt(pathOrVersion: string): string {
  if (!/^\d+(\.\d+)*$/.test(pathOrVersion)) return pathOrVersion;
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const home = join(store, pathOrVersion);
  const path = join(home, "node_modules", name, "bin", platform === "win" ? "node.exe" : "node");
  if (!existsSync(path)) {
    mkdirSync(home, { recursive: true });
    execFileSync("npm", ["install", "--prefix", home, "--no-save", `${name}@${pathOrVersion}`], {
      stdio: ["ignore", "ignore", "inherit"],
      shell: platform === "win",
    });
  }
  return path;
}

const ASKS_FOR_NAME = "process.versions.bun ? 'Bun ' + process.versions.bun : 'Node ' + process.version";

/** Whether the engine is one, as Node is. */
export const isV8 = (engine: string): boolean => !nameOf(engine).startsWith("Bun");

/** Such as `Node v20.20.2` or `Bun 1.4.5`. */
export const nameOf = (engine: string): string =>
  execFileSync(engine, ["-p", ASKS_FOR_NAME], { encoding: "utf8" }).trim();
