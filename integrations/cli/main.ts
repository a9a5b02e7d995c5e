#!/usr/bin/env node
/** The command line `aclose`. */

import "./compile-cache.js";
import { inspect } from "node:util";
import { Command, CommanderError } from "commander";
import { version } from "../../transformer/version.js";
import { buildCommand } from "./build.js";
import { checkCommand } from "./check.js";
import { doctorCommand } from "./doctor.js";
import { ExitCode, UsageError } from "./exit.js";
import { explainCommand } from "./explain.js";
import { initCommand } from "./init.js";

const exitCodes = `
Exit codes:
  0  all is well (doctor: nothing is wrong; build --watch: ended by Ctrl-C)
  1  errors in the files (doctor: something is wrong)
  2  the command itself cannot be carried out: wrong arguments, no files, no right to read or write
  3  a fault of aclose itself`;

const program = new Command("aclose")
  .description("Compiles async generators to state machines that always clean up.")
  .version(version)
  .addCommand(initCommand())
  .addCommand(buildCommand())
  .addCommand(checkCommand())
  .addCommand(explainCommand())
  .addCommand(doctorCommand())
  .addHelpText("afterAll", exitCodes)
  .exitOverride();
for (const command of program.commands) command.exitOverride();

function failed(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? ExitCode.Fine : ExitCode.Usage;
  } else if (error instanceof UsageError) {
    console.error(`aclose: ${error.message}`);
    process.exitCode = ExitCode.Usage;
  } else {
    console.error(`aclose: this is a fault of aclose itself. ${inspect(error)}`);
    process.exitCode = ExitCode.Fault;
  }
}

/** Who reads no further, as `| head`, holds nothing up. */
function cannotPrint({ code, message }: NodeJS.ErrnoException): void {
  if (code !== "EPIPE") failed(new UsageError(`cannot print: ${message}`));
}
process.stdout.on("error", cannotPrint);
// What goes wrong here there is nowhere to tell.
process.stderr.on("error", () => {});

program.parseAsync().catch(failed);
