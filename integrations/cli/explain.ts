/** `aclose explain file.ts:function`: the states of one function in words. */

import { resolve } from "node:path";
import { Command } from "commander";
import { type Explanation, explain, transform } from "../../transformer/index.js";
import { addCompilerFlags, type CompilerFlags, toOptions } from "./compiler-options.js";
import { ExitCode, UsageError } from "./exit.js";
import { readText } from "./files.js";
import { report } from "./report.js";

export function explainCommand(): Command {
  const command = new Command("explain")
    .description("Print the states of one async generator function.")
    .argument("<file:function>", "for example src/rows.ts:readRows");
  return addCompilerFlags(command).action(explainFunction);
}

function explainFunction(target: string, flags: CompilerFlags): void {
  const [, path, name] = /^(.+):([^:\\/]+)$/.exec(target) ?? [];
  if (path === undefined || name === undefined) throw new UsageError(`"${target}" is not of the form file:function`);
  const fileName = resolve(path);
  const text = readText(fileName);
  const options = { ...toOptions(flags), include: "all", sourceMap: false, fileName } as const;
  const { diagnostics, functions } = transform(text, options);
  const known = functions.find((each) => each.name === name);
  if (report(diagnostics.filter(({ severity }) => severity === "error"))) {
    process.exitCode = ExitCode.Errors;
    return;
  }
  const names = functions.map((each) => each.name).join(", ");
  if (!known) throw new UsageError(`${path} has no async generator function "${name}". It has: ${names || "none"}`);
  if (!known.rewritten) throw new UsageError(`"${name}" stays native: ${known.reason ?? "it is not opted in"}`);
  const explanation = explain(text, options, name);
  if (explanation) console.log(inWords(explanation, `${path}:${known.line}:${known.column}`));
}

function inWords({ name, states, regions }: Explanation, place: string): string {
  const lines = [`${name} (${place})`];
  for (const region of regions) lines.push(`  region: ${region}`);
  for (const { id, line, statements, terminator, region, owesCleanup } of states) {
    const notes = [`line ${line}`, ...(region ? [`in ${region}`] : []), ...(owesCleanup ? ["owes cleanup"] : [])];
    lines.push("", `state ${id}: ${notes.join(", ")}`);
    for (const statement of statements) lines.push(`  ${statement.replaceAll("\n", "\n  ")}`);
    lines.push(`  → ${terminator}`);
  }
  return lines.join("\n");
}
