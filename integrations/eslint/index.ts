/**
 * `aclose/eslint`: the compiler's messages in the editor and in the linter. One rule for each message that a file can
 * have, named as in `docs/diagnostics.md`; `configs.recommended` has those that the compiler has without options. The
 * compiler's options are in `settings.aclose`; its optional rules are switched on as all rules of ESLint are.
 */

import {
  type Diagnostic,
  directivePattern,
  messages,
  type Options,
  transform,
  version,
} from "../../transformer/index.js";
import { component, page } from "../file-kinds.js";

interface SourceCode {
  readonly text: string;
  readonly ast: { readonly sourceType?: string };
  getLocFromIndex(index: number): { line: number; column: number };
}

/** What of ESLint's rule context is used here. */
export interface RuleContext {
  readonly filename: string;
  readonly sourceCode: SourceCode;
  readonly settings: Readonly<Record<string, unknown>>;
  report(problem: { message: string; loc: { start: object; end: object } }): void;
}

/** A rule as ESLint takes it. */
export interface Rule {
  readonly meta: { readonly type: "problem"; readonly docs: { readonly description: string }; readonly schema: [] };
  create(context: RuleContext): { Program(): void };
}

/** `misplacedDirective` → `misplaced-directive` */
const ruleName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What is wrong with the bytes of a file, or with what other transformers make of it, cannot be told from its text. */
const elsewhere: readonly string[] = [messages.notUtf8.code, messages.changedByEarlierTransformer.code];

const known = Object.entries(messages).flatMap(([name, message]) =>
  typeof message === "object" && "severity" in message && !elsewhere.includes(message.code)
    ? [{ name: ruleName(name), ...message }]
    : [],
);

/** What the compiler looks for only when it is asked to: `rule-delegation` is its option `no-delegation`. */
const optional = /^rule-/;
/** All of them: whether one is on is ESLint's decision, which asks only the rules that are. */
const allOptional = Object.fromEntries(
  known.filter(({ name }) => optional.test(name)).map(({ name }) => [name.replace(optional, "no-"), "warn" as const]),
);

/** The rules of one file ask for the same compilation. */
const compiled = new WeakMap<SourceCode, readonly Diagnostic[]>();

function diagnosticsOf({ filename, sourceCode, settings }: RuleContext): readonly Diagnostic[] {
  const found = compiled.get(sourceCode);
  if (found) return found;
  const { text } = sourceCode;
  const given = settings.aclose as Options | undefined;
  const rules = { ...given?.rules, ...allOptional };
  const { diagnostics } = transform(text, { ...given, rules, sourceMap: false, fileName: filename });
  const { unsupportedFile, scriptNeedsGlobalRuntime } = messages;
  // ESLint knows that a file is a module where nothing in it says so.
  const isModule = sourceCode.ast.sourceType === "module" && (given?.module ?? "auto") === "auto";
  // ESLint reads more kinds of files than the compiler: one that asks nothing of it is none of its business, and for a
  // component or a page a bundler asks, which has JavaScript made of it first.
  const isOurs = ({ code }: Diagnostic): boolean =>
    code === unsupportedFile.code
      ? directivePattern.test(text) && ![component, page].some((kind) => kind.test(filename))
      : code !== scriptNeedsGlobalRuntime.code || !isModule;
  const ours = diagnostics.filter(isOurs);
  compiled.set(sourceCode, ours);
  return ours;
}

function ruleFor(code: string): Rule {
  const report = (context: RuleContext, { message, start, length }: Diagnostic): void => {
    const place = (index: number): object => context.sourceCode.getLocFromIndex(index);
    context.report({ message: `${code}: ${message}`, loc: { start: place(start), end: place(start + length) } });
  };
  return {
    meta: { type: "problem", docs: { description: `${code} of aclose` }, schema: [] },
    create: (context) => ({
      Program() {
        for (const each of diagnosticsOf(context)) if (each.code === code) report(context, each);
      },
    }),
  };
}

/** The plugin, for ESLint. */
export const meta = { name: "aclose", version };
/** One rule for each message of the compiler that the text of a file can have. */
export const rules: Record<string, Rule> = Object.fromEntries(known.map(({ name, code }) => [name, ruleFor(code)]));

/** An entry of a flat configuration. */
export interface FlatConfig {
  name: string;
  plugins: Record<string, { meta: typeof meta; rules: Record<string, Rule> }>;
  rules: Record<string, "error" | "warn">;
}

/** `recommended`: the rules that are not optional, with the severity that the compiler gives them. */
export const configs: { recommended: FlatConfig } = {
  recommended: {
    name: "aclose/recommended",
    plugins: { aclose: { meta, rules } },
    rules: Object.fromEntries(
      known
        .filter(({ name }) => !optional.test(name))
        .map(({ name, severity }) => [`aclose/${name}`, severity === "error" ? "error" : "warn"]),
    ),
  },
};
