/** `aclose check`: what `build` would say, without writing anything. */

import { Command } from "commander";
import { addCompilerFlags, type CompilerFlags, toOptions } from "./compiler-options.js";
import { ExitCode } from "./exit.js";
import { sourceFiles } from "./files.js";
import { addJobsFlag } from "./jobs.js";
import { checkFormat, noteIfPlain, reportAs } from "./report.js";

export function checkCommand(): Command {
  const command = new Command("check")
    .description("Report what is wrong and what stays native, without writing anything.")
    .argument("<files...>", "files, folders or globs")
    .option("--format <format>", "text, json, sarif or github", "text");
  return addCompilerFlags(addJobsFlag(command)).action(check);
}

interface CheckFlags extends CompilerFlags {
  format: string;
  jobs?: number;
}

async function check(patterns: string[], flags: CheckFlags): Promise<void> {
  checkFormat(flags.format);
  const options = { ...(await toOptions(flags)), sourceMap: false };
  const { compileFiles } = await import("./compile-files.js");
  const files = await sourceFiles(patterns);
  const targets = files.map((file) => ({ file, path: file }));
  const results = await compileFiles(targets, { title: "Checking", options, jobs: flags.jobs });
  const diagnostics = results.flatMap((result) => result.diagnostics);
  if (reportAs(flags.format, diagnostics)) process.exitCode = ExitCode.Errors;
  noteIfPlain(results, options.include);
  if (flags.format !== "text") return;
  const functions = results.flatMap((result) => result.functions);
  const compiled = functions.filter(({ rewritten }) => rewritten).length;
  console.log(
    `${count(files.length, "file")}: ${count(compiled, "function")} compiled, ${functions.length - compiled} left native`,
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
