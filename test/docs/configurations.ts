/** Whether configurations in the documentation would be taken by the tools that they are for. */

import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import ts from "typescript";
import { resolveOptions } from "../../transformer/options.js";
import { root } from "../doors/project.js";
import { checkShell } from "./commands.js";

/** What is wrong with a `tsconfig.json`, the plugin's entry included. */
function checkTsconfig({ compilerOptions }: { compilerOptions: { plugins?: Record<string, unknown>[] } }): string[] {
  const { errors } = ts.convertCompilerOptionsFromJson(compilerOptions, root);
  const entries = (compilerOptions.plugins ?? []).filter(({ transform }) => transform === "aclose/transformer");
  const ours = entries.flatMap(({ transform, ...options }) => resolveOptions(options).diagnostics);
  return [
    ...errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    ...ours.map(({ message }) => message),
  ];
}

function checkPackage({ scripts }: { scripts: Record<string, string> }, page: string): string[] {
  return Object.values(scripts).flatMap((script) => checkShell(script, page));
}

/** What is wrong with a `tsconfig.json`, a `package.json` or other JSON; comments are allowed. */
export function checkConfiguration(text: string, page: string): string[] {
  const errors: ParseError[] = [];
  const value = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) return errors.map(({ error, offset }) => `${printParseErrorCode(error)} at ${offset}`);
  return [
    ...("compilerOptions" in value ? checkTsconfig(value) : []),
    ...("scripts" in value ? checkPackage(value, page) : []),
  ];
}
