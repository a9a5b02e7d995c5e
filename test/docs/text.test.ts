/** What stands between the programs: configurations, commands, links, options. */

import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import ts from "typescript";
import { resolveOptions } from "../../transformer/options.js";
import { root } from "../doors/project.js";
import { checkShell, isCommand } from "./commands.js";
import { blocks, pages, placeOf } from "./pages.js";

const shells = ["sh", "bash", "shell"];
const programLanguages = ["ts", "js", "tsx", "mts", "mjs"];
const configurations = ["json", "jsonc", "json5"];

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

function checkConfiguration(text: string, page: string): string[] {
  const errors: ParseError[] = [];
  const value = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) return errors.map(({ error, offset }) => `${printParseErrorCode(error)} at ${offset}`);
  return [
    ...("compilerOptions" in value ? checkTsconfig(value) : []),
    ...("scripts" in value ? checkPackage(value, page) : []),
  ];
}

/** As GitHub makes them. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");

function checkLink(page: string, url: string): string | undefined {
  if (/^[a-z]+:/.test(url)) return undefined;
  const [path = "", anchor] = url.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return `there is no ${target}`;
  if (anchor === undefined || statSync(join(root, target)).isDirectory()) return undefined;
  const headings = pages.find((each) => each.path === target)?.headings ?? [];
  return headings.some((heading) => anchorOf(heading) === anchor) ? undefined : `${target} has no heading #${anchor}`;
}

describe("the documentation", () => {
  it("holds code in languages that are checked", () => {
    const known = [...programLanguages, ...shells, ...configurations, "text"];
    const unknown = blocks.filter(({ language }) => !known.includes(language));
    expect(unknown.map((block) => `${placeOf(block)} ${block.language}`)).to.deep.equal([]);
  });

  for (const block of blocks.filter(({ language }) => configurations.includes(language))) {
    it(`${placeOf(block)} is a valid configuration`, () =>
      expect(checkConfiguration(block.text, block.page)).to.deep.equal([]));
  }

  for (const block of blocks.filter(({ language }) => shells.includes(language))) {
    it(`${placeOf(block)} holds commands that exist`, () =>
      expect(checkShell(block.text, block.page)).to.deep.equal([]));
  }

  for (const { path, inline, links } of pages) {
    it(`${path} names commands that exist`, () => {
      const wrong = inline
        .filter(({ text }) => isCommand(text))
        .flatMap(({ text, line }) => checkShell(text, path).map((each) => `${path}:${line} \`${text}\`: ${each}`));
      expect(wrong).to.deep.equal([]);
    }).timeout(20_000);

    it(`${path} has links that lead somewhere`, () => {
      const wrong = links.flatMap(({ url, line }) => {
        const problem = checkLink(path, url);
        return problem === undefined ? [] : [`${path}:${line} ${problem}`];
      });
      expect(wrong).to.deep.equal([]);
    });
  }
});
