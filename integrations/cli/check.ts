/** `aclose check`: what `build` would say, without writing anything. */

import { Command } from "commander";
import { transform } from "../../transformer/index.js";
import { addCompilerFlags, type CompilerFlags, toOptions } from "./compiler-options.js";
import { ExitCode } from "./exit.js";
import { readText, sourceFiles } from "./files.js";
import { report } from "./report.js";

export function checkCommand(): Command {
  const command = new Command("check")
    .description("Report what is wrong and what stays native, without writing anything.")
    .argument("<files...>", "files, folders or globs");
  return addCompilerFlags(command).action(check);
}

async function check(patterns: string[], flags: CompilerFlags): Promise<void> {
  const files = await sourceFiles(patterns);
  const options = { ...toOptions(flags), sourceMap: false };
  const results = files.map((file) => transform(readText(file), { ...options, fileName: file }));
  if (report(results.flatMap(({ diagnostics }) => diagnostics))) process.exitCode = ExitCode.Errors;
  const functions = results.flatMap((result) => result.functions);
  const compiled = functions.filter(({ rewritten }) => rewritten).length;
  console.log(
    `${count(files.length, "file")}: ${count(compiled, "function")} compiled, ${functions.length - compiled} left native`,
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
