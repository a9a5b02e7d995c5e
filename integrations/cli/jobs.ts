/** The flag `--jobs` of the commands that compile many files. */

import { type Command, InvalidArgumentError, Option } from "commander";

export function addJobsFlag(command: Command): Command {
  const option = new Option("--jobs <n>", "threads that compile (default: as many as the amount of work is worth)");
  return command.addOption(option.argParser(parseJobs));
}

function parseJobs(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("It takes a whole number from 1 to 9999.");
  return Number(text);
}
