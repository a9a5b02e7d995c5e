/** The picture and the source side by side, in one HTML file that needs nothing else. */

import type { Explanation } from "../transformer/index.js";
import { highlight } from "./highlight.js";
import { legend, legendRules } from "./legend.js";
import { escaped } from "./svg.js";
import { code, colourVariables, shapes, words } from "./theme.js";

interface PageParts {
  readonly explanation: Explanation;
  readonly text: string;
  /** What the reader knows the file as. */
  readonly path: string;
  /** From `drawStates`, not standalone. */
  readonly svg: string;
}

export function pageOf({ explanation, text, path, svg }: PageParts): string {
  const { name, source, states, regions } = explanation;
  const lines = highlight(text, path);
  const [first, last] = [Math.max(1, source.line - 2), Math.min(lines.length, functionEnd(explanation) + 2)];
  const owing = states.filter((state) => state.owesCleanup).length;
  const summary = `${count(states.length, "state")}, ${count(regions.length, "protected region")}, cleanup owed at ${count(owing, "suspension")}`;
  const listing = lines.slice(first - 1, last).map((line, index) => {
    const number = first + index;
    return `<span class="line" data-line="${number}"><span class="at">${number}</span>${line}\n</span>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${name}, ${path}`)}</title>
<style>
${colourVariables(":root")}
${shapes}
${layoutRules}
</style>
</head>
<body>
<header><h1>${escaped(name)}</h1><p>${escaped(`${path}:${source.line}`)} · ${summary}</p></header>
<main>
<section class="source" aria-label="Source" tabindex="0"><pre>${listing.join("")}</pre></section>
<section class="machine" aria-label="States" tabindex="0">${svg}</section>
</main>
<footer>${legend}</footer>
<script>${linkScript}</script>
</body>
</html>
`;
}

/** Colours of what `highlight` marks. */
const tokenRules = `.tok-keyword { color: var(--cleanup); } .tok-string { color: var(--yield); } .tok-number { color: var(--await); } .tok-comment { color: var(--muted); font-style: italic; }`;

const layoutRules = `html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; background: var(--paper); color: var(--ink); font: 14px/1.5 ${words}; }
header { padding: 14px 20px 10px; border-bottom: 1px solid var(--rim); }
h1 { margin: 0; font: 700 17px ${code}; }
header p { margin: 2px 0 0; color: var(--muted); font-size: 13px; }
main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(320px, 2fr) 3fr; }
.source, .machine { overflow: auto; }
.source { border-right: 1px solid var(--rim); background: var(--head); }
.source:focus-visible, .machine:focus-visible { outline: 2px solid var(--glow); outline-offset: -2px; }
pre { margin: 0; padding: 12px 0; font: 12.5px/1.6 ${code}; min-width: max-content; tab-size: 2; }
.line { display: block; padding-right: 16px; border-left: 3px solid transparent; }
.line.has-state { cursor: pointer; }
.at { display: inline-block; width: 3.5em; margin-right: 1.2em; text-align: right; color: var(--muted); user-select: none; }
.line.is-linked { background: color-mix(in srgb, var(--glow) 16%, transparent); border-left-color: var(--glow); }
.machine svg { display: block; margin: auto; max-width: none; padding: 8px; }
footer { padding: 8px 20px; border-top: 1px solid var(--rim); }
@media (max-width: 760px) { main { grid-template-columns: 1fr; grid-auto-rows: minmax(0, 1fr); } .source { border-right: 0; border-bottom: 1px solid var(--rim); } }
${legendRules}
${tokenRules}`;

const linkScript = `
const states = [...document.querySelectorAll(".state")];
const lines = new Map([...document.querySelectorAll(".line")].map((line) => [Number(line.dataset.line), line]));
const linesOf = (state) => state.dataset.lines.split(" ").filter(Boolean).flatMap((range) => {
  const [first, last] = range.split("-").map(Number);
  return [...lines].filter(([number]) => number >= first && number <= last).map(([, line]) => line);
});
const statesOf = new Map();
for (const state of states) for (const line of linesOf(state)) statesOf.set(line, [...(statesOf.get(line) ?? []), state]);
for (const line of statesOf.keys()) line.classList.add("has-state");
function link(elements, scrollTo) {
  for (const each of document.querySelectorAll(".is-linked")) each.classList.remove("is-linked");
  for (const each of elements) each.classList.add("is-linked");
  scrollTo?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "smooth" });
}
const ofState = (state) => { const found = linesOf(state); link([state, ...found], found[0]); };
const ofLine = (line) => { const found = statesOf.get(line) ?? []; link(found.length > 0 ? [line, ...found] : [], found[0]); };
for (const state of states) {
  state.addEventListener("pointerenter", () => ofState(state));
  state.addEventListener("focus", () => ofState(state));
  state.addEventListener("pointerleave", () => link([]));
  state.addEventListener("blur", () => link([]));
}
for (const line of lines.values()) {
  line.addEventListener("pointerenter", () => ofLine(line));
  line.addEventListener("pointerleave", () => link([]));
}`;

function functionEnd({ source }: Explanation): number {
  return source.endLine;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
