#!/usr/bin/env node
/** The command line `aclose`. Exit codes: 0 all is well, 1 errors in the files, 2 the command itself cannot be carried out. */

import { Command, CommanderError } from "commander";
import { version } from "../../transformer/index.js";
import { buildCommand } from "./build.js";
import { checkCommand } from "./check.js";
import { doctorCommand } from "./doctor.js";
import { ExitCode, UsageError } from "./exit.js";
import { explainCommand } from "./explain.js";
import { initCommand } from "./init.js";

const program = new Command("aclose")
  .description("Compiles async generators to state machines that always clean up.")
  .version(version)
  .addCommand(initCommand())
  .addCommand(buildCommand())
  .addCommand(checkCommand())
  .addCommand(explainCommand())
  .addCommand(doctorCommand())
  .addHelpText(
    "after",
    "\nExit codes: 0 all is well, 1 errors in the files, 2 the command itself cannot be carried out.",
  )
  .exitOverride();
for (const command of program.commands) command.exitOverride();

function failed(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? ExitCode.Fine : ExitCode.Usage;
  } else if (error instanceof UsageError) {
    console.error(`aclose: ${error.message}`);
    process.exitCode = ExitCode.Usage;
  } else throw error;
}

program.parseAsync().catch(failed);
