/** The options of `transform` as flags. What they may hold is checked where all doors check it: in `transform`. */

import type { Command } from "commander";
import type { Options } from "../../transformer/index.js";
import { loadCompiler } from "./compiler.js";
import { UsageError } from "./exit.js";

export interface CompilerFlags {
  include?: string;
  ticks?: string;
  close?: string;
  consumers?: boolean;
  runtime?: string;
  global?: string;
  module?: string;
  sourceMap?: boolean | string;
  positions?: boolean;
  debug?: boolean;
}

/** What the states of a function depend on. */
export function addStateFlags(command: Command): Command {
  return command
    .option("--module <kind>", "auto, esm, cjs, script")
    .option("--debug", "keep what a debugger and the inspector show");
}

/** What else diagnostics and emitted code depend on. */
export function addCompilerFlags(command: Command): Command {
  const flags = command
    .option("--include <what>", "what to compile: directive, all")
    .option("--ticks <ticks>", "microtask ticks: spec, fused")
    .option("--close <close>", "what return() and throw() do to a pending next(): queue, interrupt")
    .option("--no-consumers", "leave for await loops in ordinary async functions alone")
    .option("--runtime <specifier>", "module that emitted code imports")
    .option("--global <name>", "global variable that emitted code uses, for code without imports")
    .option("--no-positions", "leave out where functions and their suspensions stand, which leak reports show");
  return addStateFlags(flags);
}

export function addMapFlags(command: Command): Command {
  return command
    .option("--source-map <kind>", "true, false or inline", parseSourceMap)
    .option("--no-source-map", "the same as --source-map false");
}

function parseSourceMap(text: string): boolean | string {
  return text === "true" ? true : text === "false" ? false : text;
}

/** The flags as options. */
export async function toOptions(flags: CompilerFlags): Promise<Options> {
  const { include, ticks, close, consumers, runtime, global, module, sourceMap, positions, debug } = flags;
  if (runtime !== undefined && global !== undefined) throw new UsageError("say either --runtime or --global");
  if (runtime?.startsWith("{"))
    throw new UsageError("--runtime takes a module's name, and --global that of a variable");
  const linked = global !== undefined ? { global } : runtime !== undefined ? { specifier: runtime } : undefined;
  const given = { include, ticks, close, consumers, runtime: linked, module, sourceMap, positions, debug };
  const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Options;
  const { checkOptions } = await loadCompiler();
  const [wrong] = checkOptions(options);
  if (wrong) throw new UsageError(wrong.message);
  return options;
}
