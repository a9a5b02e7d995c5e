/**
 * The pages of the documentation and the code in them.
 *
 * An HTML comment right before a code block says how the tests treat it:
 *
 * - `<!-- before: code -->`: code that a reader does not need to see; it is put before the block
 * - `<!-- run: mocha -->`: what runs the block in place of `node`: mocha, or node with other flags
 * - `<!-- ends with: SIGTERM -->`: how its process ends, if not with exit code 0
 * - `<!-- not run: reason -->`: the block is compiled and type-checked, and not run
 * - `<!-- not checked: reason -->`: nothing is done with the block
 * - `<!-- file: path -->`: the block shows a file, which has its own tests (`scripts/update-readme.mjs`)
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Nodes, Parents } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { globSync } from "tinyglobby";
import { root } from "../doors/project.js";

export interface Block {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** What the comments before the block say: kind → text. */
  readonly notes: ReadonlyMap<string, string>;
  /** The block that follows with nothing but text between, if it is marked `text`: what the program prints. */
  readonly output: string | undefined;
}

export interface Page {
  readonly path: string;
  readonly blocks: readonly Block[];
  /** Code in running text. */
  readonly inline: readonly { readonly text: string; readonly line: number }[];
  readonly links: readonly { readonly url: string; readonly line: number }[];
  readonly headings: readonly string[];
}

const noteKinds = ["before", "run", "ends with", "not run", "not checked", "file"] as const;
const note = new RegExp(`^<!--\\s*(${noteKinds.join("|")}):\\s?([\\s\\S]*?)\\s*-->$`);

/** Where a node begins, 1-based. */
const lineOf = (node: Nodes): number => node.position?.start.line ?? 0;

function notesBefore(siblings: Nodes[], index: number): Map<string, string> {
  const notes = new Map<string, string>();
  for (let before = siblings[--index]; before?.type === "html"; before = siblings[--index]) {
    const [, kind, text] = note.exec(before.value) ?? [];
    if (kind !== undefined && text !== undefined) notes.set(kind, text);
  }
  return notes;
}

function outputAfter(siblings: Nodes[], index: number): string | undefined {
  const after = siblings[index + 1];
  const node = after?.type === "paragraph" ? siblings[index + 2] : after;
  return node?.type === "code" && node.lang === "text" ? node.value : undefined;
}

function textOf(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}

function parse(path: string): Page {
  const page = {
    path,
    blocks: [] as Block[],
    inline: [] as Page["inline"][number][],
    links: [] as Page["links"][number][],
    headings: [] as string[],
  };
  const visit = (parent: Parents): void => {
    const siblings: Nodes[] = parent.children;
    for (const [index, node] of siblings.entries()) {
      const line = lineOf(node);
      if (node.type === "code") {
        page.blocks.push({
          page: path,
          line,
          language: node.lang ?? "",
          text: node.value,
          notes: notesBefore(siblings, index),
          output: outputAfter(siblings, index),
        });
      } else if (node.type === "inlineCode") page.inline.push({ text: node.value, line });
      else if (node.type === "link" || node.type === "image") page.links.push({ url: node.url, line });
      else if (node.type === "heading") page.headings.push(textOf(node));
      if ("children" in node) visit(node);
    }
  };
  visit(fromMarkdown(readFileSync(join(root, path), "utf8")));
  return page;
}

export const pages: readonly Page[] = globSync(["*.md", "*/**/*.md"], {
  cwd: root,
  ignore: ["**/node_modules/**", "dist*/**", "fixtures/**", "test/**"],
})
  .sort()
  .map(parse);

export const blocks: readonly Block[] = pages.flatMap((page) => page.blocks);

/** For titles and messages. */
export const placeOf = ({ page, line }: Block): string => `${page}:${line}`;
