/** The door for tsc: a `before` transformer, for ts-patch and for every host that takes custom transformers. */

import type ts from "typescript";
import type { Chunk } from "./chunk.js";
import { changedByEarlierTransformer, type Diagnostic, type Place } from "./diagnostics.js";
import { graft } from "./graft.js";
import { rewriteImportCalls } from "./graft-imports.js";
import { type Options, type ResolvedOptions, resolveOptions } from "./options.js";
import { compile, errorIn } from "./pipeline.js";
import { textOf } from "./serialize.js";
import { concernPattern } from "./syntax/concern.js";
import { api, fromHost, type TypeScript } from "./typescript.js";

type Report = (diagnostic: ts.Diagnostic) => void;

/** What ts-patch puts into a plugin's entry of tsconfig.json for itself. */
const hostKeys = new Set([
  "transform",
  "import",
  "type",
  "name",
  "after",
  "afterDeclarations",
  "transformProgram",
  "tsConfig",
  "resolvePathAliases",
  "isEsm",
]);

/** The options of {@link transform} in an entry of `compilerOptions.plugins`. */
export function optionsIn(entry: PluginConfig): Options {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !hostKeys.has(key)));
}

/** What is wrong with the options in an entry, and in which configuration that stands: the program's, or one that it extends. */
export function checkEntry(
  ts: TypeScript,
  entry: PluginConfig,
  configFile: ts.TsConfigSourceFile | undefined,
): { readonly diagnostics: readonly Diagnostic[]; readonly file: ts.JsonSourceFile | undefined } {
  const given = optionsIn(entry);
  const found = configFile && findEntry(ts, configFile, given);
  const placeOf = (option: string) => found && placeIn(ts, found, option);
  return { diagnostics: resolveOptions(given, placeOf, true).diagnostics, file: found?.file };
}

/** An entry of `compilerOptions.plugins`: the keys of ts-patch, and the options of {@link transform} beside them. */
export type PluginConfig = Omit<Options, "fileName" | "sourceMap" | "annotate"> & Readonly<Record<string, unknown>>;

/** What ts-patch hands to a plugin. */
export interface PluginExtras {
  /** The TypeScript that compiles. */
  readonly ts: TypeScript;
  /** Takes an error, with which tsc then fails. */
  readonly addDiagnostic: (diagnostic: ts.Diagnostic) => unknown;
  /** All that were added for the program. */
  readonly diagnostics?: ts.Diagnostic[];
}

/**
 * ts-patch has each emit of a program say again what those before it have said. Where each file has an emit of its own, tsc keeps
 * that by the file, and an error would outlive its cure.
 */
function forgetEarlier(diagnostics: ts.Diagnostic[]): void {
  diagnostics.splice(0, diagnostics.length, ...diagnostics.filter(({ source }) => source !== "aclose"));
}

/** The ts-patch factory. Errors make tsc fail; warnings are printed. */
export default function plugin(
  program: ts.Program,
  config: PluginConfig,
  { ts, addDiagnostic, diagnostics: earlier = [] }: PluginExtras,
): ts.TransformerFactory<ts.SourceFile> {
  forgetEarlier(earlier);
  const configFile = program.getCompilerOptions().configFile as ts.TsConfigSourceFile | undefined;
  const { diagnostics, file = configFile } = checkEntry(ts, config, configFile);
  for (const diagnostic of diagnostics) addDiagnostic(hostDiagnostic(ts, diagnostic, file));
  if (diagnostics.length === 0) return createTransformer(ts, optionsIn(config), addDiagnostic);
  compileAgainLater(program.getCompilerOptions());
  return () => (file) => file;
}

/**
 * tsc would keep that all is compiled, and the error with it: to it other options of a plugin are no reason to compile again, but
 * those of its own are. No configuration has this value, and it is as good as none.
 */
function compileAgainLater(options: ts.CompilerOptions): void {
  Object.assign(options, { assumeChangesOnlyAffectDirectDependencies: "" });
}

/**
 * The transformer for hosts that take `before` transformers directly (ts-loader, `program.emit`). Without
 * `addDiagnostic` an error is thrown: TypeScript drops what a transformer says in any other way.
 */
export function createTransformer(
  ts: TypeScript,
  options: Options = {},
  addDiagnostic?: (diagnostic: ts.Diagnostic) => unknown,
): ts.TransformerFactory<ts.SourceFile> {
  const { options: resolved, diagnostics } = resolveOptions(options);
  const host = fromHost(ts);
  return (context) => {
    const report = reportTo(host, addDiagnostic ?? throwDiagnostic(host));
    for (const diagnostic of diagnostics) report(hostDiagnostic(host, diagnostic, undefined));
    return (file) => (diagnostics.length > 0 ? file : transformFile(host, file, resolved, context, report));
  };
}

function transformFile(
  ts: TypeScript,
  file: ts.SourceFile,
  options: ResolvedOptions,
  context: ts.TransformationContext,
  report: Report,
): ts.SourceFile {
  if (file.isDeclarationFile) return file;
  const changed = wasChanged(ts, file);
  const text = changed ? ts.createPrinter().printFile(file) : file.text;
  if (!concernPattern(options.include).test(text)) return file;
  // The lines of a text that nobody wrote would mislead.
  const positions = options.positions && !changed;
  const compilerOptions = context.getCompilerOptions();
  const given = {
    ...options,
    ...linkage(ts, file, options, compilerOptions.module),
    positions,
    annotate: false,
    fileName: file.fileName,
  };
  const canShareTree = !changed && options.module === "auto" && ts.version === api.version && knowsParents(file);
  const { chunks, diagnostics } = compile(text, given, canShareTree ? file : undefined);
  const place = changed ? undefined : file;
  for (const diagnostic of diagnostics) {
    // The host reports syntax errors itself.
    if (!diagnostic.code.startsWith("TS")) report(hostDiagnostic(ts, diagnostic, place));
  }
  if (chunks.every(({ start }) => start >= 0) && textOf(chunks) === text) return file;
  const grafted = (output: readonly Chunk[]) =>
    rewriteImportCalls(ts, graft(ts, file, output, compilerOptions), context);
  if (!changed) {
    try {
      return grafted(chunks);
    } catch (fault) {
      const error = errorIn(file, given);
      if (!error) throw fault;
      report(hostDiagnostic(ts, error, file));
      return file;
    }
  }
  const start = { fileName: file.fileName, text, start: 0, length: 0 };
  report(hostDiagnostic(ts, changedByEarlierTransformer.at(start), file));
  return grafted([{ text: textOf(chunks), start: -1 }]);
}

/** In a program the binder has seen to it. */
function knowsParents(file: ts.SourceFile): boolean {
  return file.statements.every(({ parent }) => parent === file);
}

function wasChanged(ts: TypeScript, file: ts.SourceFile): boolean {
  return (
    ts.getOriginalNode(file) !== file || file.statements.some((statement) => statement.flags & ts.NodeFlags.Synthesized)
  );
}

/**
 * How the output finds the runtime. What TypeScript takes for a module gets an `import`, which TypeScript then turns
 * into the module format of the output. A script cannot import: where Node's rules say that the file is CommonJS it
 * gets a `require`, elsewhere it may be loaded by a `<script>` and uses the global of aclose/global.
 */
function linkage(
  ts: TypeScript,
  file: ts.SourceFile,
  options: ResolvedOptions,
  output: ts.ModuleKind | undefined,
): Partial<ResolvedOptions> {
  const becomesCommonJs = becomesCommonJsIn(ts, file, output);
  if (options.module !== "auto") return { becomesCommonJs };
  const { commonJsModuleIndicator } = file as { commonJsModuleIndicator?: ts.Node };
  if (commonJsModuleIndicator) return { module: "cjs" };
  if (ts.isExternalModule(file)) return { module: "esm", becomesCommonJs };
  if (file.impliedNodeFormat === ts.ModuleKind.CommonJS) return { module: "cjs" };
  return { module: "script", runtime: "global" in options.runtime ? options.runtime : { global: "__aclose" } };
}

function becomesCommonJsIn(
  { ModuleKind }: TypeScript,
  { impliedNodeFormat }: ts.SourceFile,
  output: ts.ModuleKind | undefined,
): boolean {
  if (output === ModuleKind.CommonJS || output === ModuleKind.AMD || output === ModuleKind.UMD)
    return impliedNodeFormat !== ModuleKind.ESNext;
  return output !== undefined && output >= ModuleKind.Node16 && output <= ModuleKind.NodeNext
    ? impliedNodeFormat === ModuleKind.CommonJS
    : false;
}

interface Entry {
  readonly file: ts.JsonSourceFile;
  readonly node: ts.Expression;
}

function propertyOf(ts: TypeScript, node: ts.Node | undefined, name: string): ts.PropertyAssignment | undefined {
  if (!node || !ts.isObjectLiteralExpression(node)) return undefined;
  return node.properties
    .filter(ts.isPropertyAssignment)
    .find(({ name: key }) => ts.isStringLiteral(key) && key.text === name);
}

/**
 * The entry of "plugins" that this plugin was made for. ts-patch takes its own keys out of `config`, so it is known by the options
 * alone. TypeScript keeps of the configurations that one extends only the names.
 */
function findEntry(ts: TypeScript, configFile: ts.TsConfigSourceFile, given: Options): Entry | undefined {
  const isThis = (entry: PluginConfig): boolean =>
    "transform" in entry && JSON.stringify(optionsIn(entry)) === JSON.stringify(given);
  const { extendedSourceFiles = [] } = configFile;
  for (const each of [configFile, ...extendedSourceFiles]) {
    const file = typeof each === "string" ? ts.readJsonConfigFile(each, ts.sys.readFile) : each;
    const { compilerOptions } = (ts.convertToObject(file, []) ?? {}) as { compilerOptions?: ts.CompilerOptions };
    const index = (compilerOptions?.plugins as PluginConfig[] | undefined)?.findIndex(isThis) ?? -1;
    const options = propertyOf(ts, file.statements[0]?.expression, "compilerOptions");
    const plugins = propertyOf(ts, options?.initializer, "plugins")?.initializer;
    const node = plugins && ts.isArrayLiteralExpression(plugins) ? plugins.elements[index] : undefined;
    if (node) return { file, node };
  }
  return undefined;
}

function placeIn(ts: TypeScript, { file, node }: Entry, option: string): Place | undefined {
  const property = propertyOf(ts, node, option);
  if (!property) return undefined;
  const start = property.getStart(file);
  return { fileName: file.fileName, text: file.text, start, length: property.end - start };
}

/** tsc fails on every diagnostic that it is given, warnings too; so those are printed here. */
function reportTo(ts: TypeScript, addDiagnostic: (diagnostic: ts.Diagnostic) => unknown): Report {
  const host: ts.FormatDiagnosticsHost = {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => ts.sys?.getCurrentDirectory() ?? "",
    getNewLine: () => "\n",
  };
  return (diagnostic) => {
    if (diagnostic.category === ts.DiagnosticCategory.Error) addDiagnostic(diagnostic);
    else console.warn(ts.formatDiagnostic(diagnostic, host).trimEnd());
  };
}

function throwDiagnostic(ts: TypeScript): (diagnostic: ts.Diagnostic) => never {
  return ({ file, start = 0, messageText }) => {
    const { line, character } = file?.getLineAndCharacterOfPosition(start) ?? { line: 0, character: 0 };
    const place = file ? `${file.fileName}:${line + 1}:${character + 1} - ` : "";
    throw new Error(`${place}${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  };
}

/** Our diagnostic as the host's. The host prints "TS" and the number, so the message repeats the code. */
function hostDiagnostic(
  ts: TypeScript,
  { code, severity, message, start, length }: Diagnostic,
  file: ts.SourceFile | undefined,
): ts.Diagnostic {
  return {
    file,
    start: file && start,
    length: file && length,
    category: severity === "error" ? ts.DiagnosticCategory.Error : ts.DiagnosticCategory.Warning,
    code: Number(code.replace(/\D+/, "")),
    messageText: `${code}: ${message}`,
    source: "aclose",
  };
}
