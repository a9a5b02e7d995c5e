/** `aclose explain file.ts:function`: the states of one function, in words or as a picture. */

import { resolve } from "node:path";
import { Command } from "commander";
import type { CompiledFunction, ExplainedRegion, Explanation } from "../../transformer/index.js";
import { loadCompiler } from "./compiler.js";
import { addStateFlags, type CompilerFlags, toOptions } from "./compiler-options.js";
import { ExitCode, UsageError } from "./exit.js";
import { decoded, readBytes, writeWhole } from "./files.js";
import { report } from "./report.js";

interface ExplainFlags extends CompilerFlags {
  svg?: string | true;
  html?: string | true;
}

export function explainCommand(): Command {
  const command = new Command("explain")
    .description("Show the states of one async generator function.")
    .argument("<file:function>", "for example src/rows.ts:readRows, or with a line of it src/rows.ts:12")
    .option("--svg [file]", "draw them: an SVG image, on the standard output without a file")
    .option("--html [file]", "the same beside the source, as a page");
  return addStateFlags(command).action(explainFunction);
}

async function explainFunction(target: string, flags: ExplainFlags): Promise<void> {
  const [, path, wanted] = /^(.+):([^:\\/]+)$/.exec(target) ?? [];
  if (path === undefined || wanted === undefined) throw new UsageError(`"${target}" is not of the form file:function`);
  if (flags.svg === true && flags.html === true) throw new UsageError("--svg and --html cannot both be printed");
  const { explainAll, transform } = await loadCompiler();
  const fileName = resolve(path);
  const bytes = readBytes(fileName);
  const text = decoded(bytes);
  if (text === undefined) {
    const { notUtf8 } = await import("./compile-file.js");
    report([notUtf8(fileName, bytes)]);
    process.exitCode = ExitCode.Errors;
    return;
  }
  const options = { ...(await toOptions(flags)), include: "all", sourceMap: false, fileName } as const;
  // States need no runtime: what a script could not link is shown all the same.
  const { diagnostics, functions } = transform(text, { ...options, runtime: { global: "__aclose" } });
  if (report(diagnostics.filter(({ severity }) => severity === "error"))) {
    process.exitCode = ExitCode.Errors;
    return;
  }
  const explanations = explainAll(text, options);
  const known = chosen(functions, explanations, wanted, path);
  if (!known.rewritten) throw new UsageError(known.reason ?? `"${wanted}" stays native: it is not opted in`);
  const explanation = explanations.find(({ source }) => source.start === known.start)!;
  if (flags.svg === undefined && flags.html === undefined)
    console.log(inWords(explanation, `${path}:${known.line}:${known.column}`));
  if (flags.svg !== undefined) put(flags.svg, await draw(explanation, text, true));
  if (flags.html === undefined) return;
  const { pageOf } = await import("../../picture/index.js");
  put(flags.html, pageOf({ explanation, text, path, svg: await draw(explanation, text, false) }));
}

/** The function of a name, or the innermost around a line. */
function chosen(
  functions: readonly CompiledFunction[],
  explanations: readonly Explanation[],
  wanted: string,
  path: string,
): CompiledFunction {
  const named = functions.filter(({ name }) => name === wanted);
  if (named.length > 1) {
    const lines = named.map(({ line }) => line).join(", ");
    throw new UsageError(
      `${path} has ${named.length} async generator functions "${wanted}", in lines ${lines}: ask by line, as ${path}:${named[1]!.line}`,
    );
  }
  const line = Number(wanted);
  const around = explanations.findLast(({ source }) => source.line <= line && line <= source.endLine);
  const found =
    named[0] ?? functions.find((each) => (around ? each.start === around.source.start : each.line === line));
  if (found) return found;
  const all = functions.map((each) => `${each.name || "an anonymous one"} (line ${each.line})`).join(", ");
  const what = line > 0 ? `around line ${wanted}` : `"${wanted}"`;
  throw new UsageError(`${path} has no async generator function ${what}. It has: ${all || "none"}`);
}

async function draw(explanation: Explanation, text: string, standalone: boolean): Promise<string> {
  const { drawStates } = await import("../../picture/index.js");
  try {
    return await drawStates(explanation, text, { standalone });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new UsageError("pictures need @viz-js/viz, an optional dependency that is not installed");
  }
}

function put(file: string | true, text: string): void {
  if (file === true) process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  else writeWhole(resolve(file), text);
}

function inWords({ name, states, regions }: Explanation, place: string): string {
  const kinds = new Map(regions.map((region) => [region.id, `${region.kind} region ${region.id}`]));
  const lines = [`${name || "an anonymous function"} (${place})`];
  for (const region of regions) lines.push(`  region: ${regionInWords(region)}`);
  for (const { id, line, statements, terminator, region, owesCleanup } of states) {
    const within = region === undefined ? [] : [`in ${kinds.get(region)}`];
    const notes = [`line ${line}`, ...within, ...(owesCleanup ? ["owes cleanup"] : [])];
    lines.push("", `state ${id}: ${notes.join(", ")}`);
    for (const statement of statements) lines.push(`  ${statement.replaceAll("\n", "\n  ")}`);
    lines.push(`  → ${terminator}`);
  }
  return lines.join("\n");
}

function regionInWords({ id, kind, handler, parent }: ExplainedRegion): string {
  return `${kind} region ${id}, handled in state ${handler}${parent === undefined ? "" : `, inside region ${parent}`}`;
}
