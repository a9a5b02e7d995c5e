/**
 * `aclose/eslint`: the compiler's messages in the editor and in the linter. One rule for each message that a file can
 * have, named as in `docs/diagnostics.md`; `configs.recommended` has all of them. The compiler's options are in
 * `settings.aclose`.
 */

import { type Diagnostic, messages, type Options, transform, version } from "../../transformer/index.js";

interface SourceCode {
  readonly text: string;
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

/** The rules of one file ask for the same compilation. */
const compiled = new WeakMap<SourceCode, readonly Diagnostic[]>();

function diagnosticsOf({ filename, sourceCode, settings }: RuleContext): readonly Diagnostic[] {
  const known = compiled.get(sourceCode);
  if (known) return known;
  const options = { ...(settings.aclose as Options | undefined), sourceMap: false, fileName: filename } as const;
  const { diagnostics } = transform(sourceCode.text, options);
  compiled.set(sourceCode, diagnostics);
  return diagnostics;
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

/** `misplacedDirective` → `misplaced-directive` */
const ruleName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const known = Object.entries(messages).flatMap(([name, message]) =>
  typeof message === "object" && "severity" in message ? [{ name: ruleName(name), ...message }] : [],
);

/** The plugin, for ESLint. */
export const meta = { name: "aclose", version };
/** One rule for each message of the compiler. */
export const rules: Record<string, Rule> = Object.fromEntries(known.map(({ name, code }) => [name, ruleFor(code)]));

/** An entry of a flat configuration. */
export interface FlatConfig {
  name: string;
  plugins: Record<string, { meta: typeof meta; rules: Record<string, Rule> }>;
  rules: Record<string, "error" | "warn">;
}

/** `recommended`: every rule, with the severity that the compiler gives it. */
export const configs: { recommended: FlatConfig } = {
  recommended: {
    name: "aclose/recommended",
    plugins: { aclose: { meta, rules } },
    rules: Object.fromEntries(
      known.map(({ name, severity }) => [`aclose/${name}`, severity === "error" ? "error" : "warn"]),
    ),
  },
};
