/** The functions of docs/machines, compiled and drawn. Uses the built command line, as a user would. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const folder = "docs/machines";

function aclose(root, ...args) {
  const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, bin.aclose), ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`aclose ${args.join(" ")}: ${stderr}`);
  return stdout;
}

/** For each file the compiled one and the picture of the function that it is named after: path → text. */
export function machines(root) {
  const built = mkdtempSync(join(tmpdir(), "aclose-machines-"));
  try {
    aclose(root, "build", `${folder}/*.ts`, "--out-dir", built, "--source-map", "false");
    const generated = new Map();
    for (const name of readdirSync(built).sort()) {
      const machine = basename(name, ".ts");
      generated.set(`${folder}/golden/${name}`, readFileSync(join(built, name), "utf8"));
      generated.set(
        `${folder}/golden/${machine}.svg`,
        aclose(root, "explain", `${folder}/${name}:${machine}`, "--svg"),
      );
    }
    return generated;
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}
