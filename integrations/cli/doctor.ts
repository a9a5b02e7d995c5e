/** `aclose doctor`: whether the plugin really runs in this project, and why not. */

import { resolve } from "node:path";
import { Command } from "commander";
import { ExitCode } from "./exit.js";
import { examine } from "./init/checks.js";
import { inspect } from "./init/project.js";

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("Say whether the plugin really runs in a project, and why not.")
    .argument("[folder]", "the project", ".")
    .action(doctor);
}

async function doctor(folder: string): Promise<void> {
  const findings = await examine(inspect(resolve(folder)));
  const marks = { good: "ok     ", note: "note   ", bad: "problem" };
  for (const { kind, text } of findings) console.log(`${marks[kind]} ${text}`);
  if (findings.some(({ kind }) => kind === "bad")) process.exitCode = ExitCode.Errors;
}
