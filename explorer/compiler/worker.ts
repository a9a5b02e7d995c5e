/** The compiler and the graph layout, off the page's thread: typing never waits for them. */

import { drawStates } from "../../picture/index.js";
import { explainAll, transform, typescript as ts } from "../../transformer/index.js";
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
  const functions = all.map(({ name }) => name);
  const around = all.findLast(({ source }) => source.start <= cursor && cursor <= source.end);
  const explanation = around ?? all.find(({ name }) => name === shown) ?? all[0];
  const compiled = now();
  if (!explanation) return { kind: "draw", functions, times: { received, compiled, drawn: compiled } };
  const svg = await drawStates(explanation, text, { standalone: false });
  return { kind: "draw", functions, shown: { explanation, svg }, times: { received, compiled, drawn: now() } };
}

function compile({ text, options, shown }: CompileRequest): Compiled {
  const { code, diagnostics } = transform(text, { ...options, ...fixed });
  return { kind: "compile", code, diagnostics, states: shown ? emittedStates(code, shown) : [] };
}

function prepare({ text, options, call }: PrepareRequest): Prepared {
  const source = `${text}\n;export const $call = () => (${call}\n);`;
  const { code, diagnostics } = transform(source, { ...options, ...fixed, runtime: { global: "__aclose" } });
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error) return { kind: "prepare", error: `line ${error.line}: ${error.message}` };
  return { kind: "prepare", programs: { native: toScript(source), compiled: toScript(code) } };
}

/** Without types, with `require` and `exports`: what can be evaluated. */
function toScript(text: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.CommonJS };
  return ts.transpileModule(text, { fileName, compilerOptions }).outputText;
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
