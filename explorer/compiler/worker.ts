/** The compiler and the graph layout, off the page's thread: typing never waits for them. */

import type typescript from "typescript";
import { drawStates } from "../../picture/index.js";
import { type Diagnostic, explainAll, transform, typescript as ts } from "../../transformer/index.js";
import type {
  Compiled,
  CompileRequest,
  CompilerAnswer,
  CompilerRequest,
  Drawn,
  DrawRequest,
  Prepared,
  PrepareRequest,
} from "../protocol.js";
import { emittedStates } from "./emitted-states.js";

const fileName = "main.ts";
/** What is typed is a module, also without an import or export. */
const fixed = { fileName, include: "all", module: "esm", sourceMap: false } as const;
const scope = globalThis as unknown as {
  onmessage: (event: { data: CompilerRequest }) => void;
  postMessage(answer: CompilerAnswer): void;
};

const now = (): number => performance.timeOrigin + performance.now();

async function draw({ text, options, cursor, shown }: DrawRequest): Promise<Drawn> {
  const received = now();
  const all = explainAll(text, { ...options, ...fixed });
  const functions = all.map(({ step, name, source }) => {
    const isAlone = name !== "" && all.filter((each) => each.name === name).length === 1;
    return { step, title: isAlone ? name : `${name || "anonymous"}, line ${source.line}` };
  });
  const around = all.findLast(({ source }) => source.start <= cursor && cursor <= source.end);
  const wanted = all.find(({ step }) => step === shown) ?? all.find(({ name }) => name === shown);
  const explanation = around ?? wanted ?? all[0];
  const compiled = now();
  if (!explanation) return { kind: "draw", functions, times: { received, compiled, drawn: compiled } };
  const svg = await drawStates(explanation, text, { standalone: false, tabIndex: -1 });
  return { kind: "draw", functions, shown: { explanation, svg }, times: { received, compiled, drawn: now() } };
}

function compile({ text, options, shown }: CompileRequest): Compiled {
  const { code, diagnostics } = transform(text, { ...options, ...fixed });
  return { kind: "compile", code, diagnostics, states: shown ? emittedStates(code, shown) : [] };
}

function prepare({ text, options, call }: PrepareRequest): Prepared {
  // An argument of a step too may name what is in the text.
  const argument = 'export const $argument = ($text: string) => eval("(" + $text + "\\n)");';
  const source = `${text}\n;export const $call = () => (${call}\n); ${argument}`;
  const { code, diagnostics } = transform(source, { ...options, ...fixed, runtime: { global: "__aclose" } });
  if (!diagnostics.some(isError))
    return { kind: "prepare", programs: { native: toScript(source), compiled: toScript(code) } };
  // Where it says so is a place of the whole: the reader knows the text and the call.
  const inCall = transform(`(${call}\n);`, { ...options, ...fixed }).diagnostics.find(isError);
  if (inCall) return { kind: "prepare", error: `the call: ${inCall.message}` };
  const { line, column, message } = [...transform(text, { ...options, ...fixed }).diagnostics, ...diagnostics].find(
    isError,
  )!;
  return { kind: "prepare", error: `${line}:${column} ${message}` };
}

const isError = ({ severity }: Diagnostic): boolean => severity === "error";

/** Without types, with `require` and `exports`: what can be evaluated. */
function toScript(text: string): string {
  const newest = transpile(text, ts.ScriptTarget.ESNext);
  // What this engine does not know yet, as decorators, TypeScript compiles.
  return isKnown(newest) ? newest : transpile(text, ts.ScriptTarget.ES2022);
}

function transpile(text: string, target: typescript.ScriptTarget): string {
  const compilerOptions = { target, module: ts.ModuleKind.CommonJS };
  return ts.transpileModule(text, { fileName, compilerOptions }).outputText;
}

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (body: string) => unknown;

function isKnown(body: string): boolean {
  try {
    new AsyncFunction(body);
    return true;
  } catch {
    return false;
  }
}

async function answer(request: CompilerRequest): Promise<CompilerAnswer> {
  switch (request.kind) {
    case "draw":
      return draw(request);
    case "compile":
      return compile(request);
    case "prepare":
      return prepare(request);
  }
}

/** A fault of the compiler is shown where its messages are. */
function failed({ kind }: CompilerRequest, error: unknown): CompilerAnswer {
  const message = `The compiler failed: ${(error as Error).message}`;
  if (kind === "draw") return { kind, functions: [], times: { received: now(), compiled: now(), drawn: now() } };
  if (kind === "prepare") return { kind, error: message };
  const place = { fileName, start: 0, length: 0, line: 1, column: 1 };
  return { kind, code: "", diagnostics: [{ code: "", severity: "error", message, ...place }], states: [] };
}

scope.onmessage = ({ data }) =>
  void answer(data)
    .catch((error: unknown) => failed(data, error))
    .then((result) => scope.postMessage(result));
