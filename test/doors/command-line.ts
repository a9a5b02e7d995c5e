/** The command line, run in a new folder for each test. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const main = fileURLToPath(new URL("../../dist/cjs/integrations/cli/main.js", import.meta.url));

export const generator =
  "export async function* count(n: number) {\n  'use aclose';\n  for (let i = 0; i < n; i++) yield i;\n}\n";
export const plain = "export const a: number = 1;\n";
export const broken = '"use aclose";\nexport const a = ;\n';

/** Called in a suite. */
export function inNewFolders() {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "aclose-cli-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const at = (name: string): string => join(folder, name);
  const read = (name: string): string => readFileSync(at(name), "utf8");
  function put(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(at(name)), { recursive: true });
      writeFileSync(at(name), text);
    }
  }
  function aclose(...args: string[]) {
    const { status, stdout, stderr } = spawnSync("node", [main, ...args], { cwd: folder, encoding: "utf8" });
    return { status, stdout, stderr };
  }
  return { aclose, at, put, read };
}
