/** What `aclose init` and `aclose doctor` say of a project. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { examine } from "../../integrations/cli/init/checks.js";
import { makePlan } from "../../integrations/cli/init/plan.js";
import { inspect } from "../../integrations/cli/init/project.js";

export const plugin = (name: string): string =>
  `import aclose from "aclose/unplugin/${name}";\nexport default { plugins: [aclose()] };\n`;

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Of one with these scripts and packages: what is changed and advised, and the problems that are found. */
export async function told(
  scripts: string[],
  packages: string[],
  files: Record<string, string> = {},
  more: object = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "aclose-tools-"));
  folders.push(folder);
  const all = {
    "package.json": JSON.stringify({
      type: "module",
      scripts: Object.fromEntries(scripts.map((script, index) => [`s${index}`, script])),
      dependencies: { aclose: "^0.1.0" },
      devDependencies: Object.fromEntries(packages.map((name) => [name, "1"])),
      ...more,
    }),
    "node_modules/typescript/package.json": '{ "version": "6.0.3" }',
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const project = inspect(folder);
  const { texts, advice } = makePlan(project);
  const findings = (await examine(project)).filter(({ text }) => !/runtime|reads your code/.test(text));
  return {
    folder,
    texts,
    changed: [...texts.keys()].sort(),
    advice,
    findings: findings.map(({ kind, text }) => `${kind}: ${text}`),
  };
}
