/** The page: connects the editors, the picture and the run panel. */

import { legend, legendRules } from "../picture/legend.js";
import { colourVariables, shapes } from "../picture/theme.js";
import type { Explanation } from "../transformer/index.js";
import { Compiler } from "./page/compiler.js";
import { Editor, type Lines } from "./page/editors.js";
import { byId, element } from "./page/elements.js";
import { examples } from "./page/examples.js";
import { GraphView } from "./page/graph-view.js";
import { fromHash, type Program, toHash } from "./page/permalink.js";
import { RunPanel } from "./page/run-panel.js";
import { onShortcut } from "./page/shortcuts.js";
import { Stopwatch } from "./page/stopwatch.js";
import { switchTheme } from "./page/theme-switch.js";
import type { Compiled, CompilerOptions, Drawn } from "./protocol.js";
import { Sandbox } from "./run/sandbox.js";

const style = element("style", {}, [`${colourVariables(":root")}\n${shapes}\n${legendRules}`]);
document.head.prepend(style);
byId("legend").innerHTML = legend;

const call = byId<HTMLInputElement>("call");
const shown = byId<HTMLSelectElement>("shown");
const example = byId<HTMLSelectElement>("example");
const ticks = byId<HTMLSelectElement>("ticks");
const close = byId<HTMLSelectElement>("close");
const debug = byId<HTMLInputElement>("debug");

let drawn: Drawn["shown"];
let compiled: Compiled | undefined;
let current: readonly number[] = [];
/** The text whose run is shown; another one begins anew. */
let running = "";

const source = new Editor({
  parent: byId("source"),
  label: "TypeScript source",
  changed: () => {
    example.value = indexOfExample(source.text);
    draw(source.cursor);
  },
  pointed: (line) => link(line === undefined ? [] : statesAtSource(line), "source"),
  moved: (offset, line) => {
    link(statesAtSource(line), "source");
    const around = drawn?.explanation.source;
    if (around && (offset < around.start || offset > around.end)) draw(offset);
  },
});
const emitted = new Editor({
  parent: byId("emitted"),
  label: "Emitted code",
  isReadOnly: true,
  pointed: (line) => link(line === undefined ? [] : statesAtEmitted(line), "emitted"),
  moved: (_, line) => link(statesAtEmitted(line), "emitted"),
});
const graph = new GraphView(byId("graph"), (state) => link(state === undefined ? [] : [state], "graph"));
const stopwatch = new Stopwatch(byId("source"));
const compiler = new Compiler({ drawn: showPicture, compiled: showCode, failed: showFailure });
const panel = new RunPanel({
  sandbox: new Sandbox(document.body),
  prepare: () => {
    running = source.text;
    return compiler.prepare({ kind: "prepare", text: source.text, options: options(), call: call.value });
  },
  moved: (states) => {
    const isNew = states.join() !== current.join();
    current = states;
    graph.light("is-current", states, isNew);
    emitted.mark("cm-current", states.flatMap(emittedLines), isNew);
    source.mark("cm-current", states.flatMap(sourceLines), false);
  },
  show: (step) => {
    shown.value = step;
    draw(-1);
  },
  stepped: remember,
});

// --- compiling ---

function options(): CompilerOptions {
  return { ticks: ticks.value as "spec", close: close.value as "queue", debug: debug.checked };
}

function draw(cursor: number): void {
  clearTimeout(followTimer);
  compiler.draw({ kind: "draw", text: source.text, options: options(), cursor, shown: shown.value });
  remember();
}

/** A text with syntax errors has no functions: what was there before stays until the errors are known. */
function showPicture({ functions, shown: picture, times }: Drawn): void {
  const answered = performance.now();
  if (picture) {
    drawn = picture;
    shown.replaceChildren(...functions.map(({ step, title }) => element("option", { value: step }, [title])));
    shown.value = picture.explanation.step;
    graph.show(picture.svg);
    stopwatch.shown(times, answered);
    graph.light("is-current", current);
  }
  clearTimeout(followTimer);
  followTimer = setTimeout(() => follow(picture?.explanation), isTyping ? pause : 0);
  isTyping = true;
}

/** Long enough for the browser to paint the picture first, and not to print what the next letter changes again. */
const pause = 90;
let isTyping = false;
let followTimer: ReturnType<typeof setTimeout> | undefined;

/** What follows the picture. */
function follow(explanation: Explanation | undefined): void {
  if (explanation) panel.explain(explanation);
  compiler.compile({ kind: "compile", text: source.text, options: options(), shown: explanation });
}

function showCode(answer: Compiled): void {
  const { code, diagnostics, states } = answer;
  source.report(diagnostics);
  const hasErrors = diagnostics.some(({ severity }) => severity === "error");
  document.body.classList.toggle("has-errors", hasErrors);
  byId("messages").replaceChildren(
    ...diagnostics.map(({ severity, line, column, code: name, message, start }) => {
      const go = element("button", {}, [`${line}:${column} ${name === "" ? "" : `${name} `}${message}`]);
      go.onclick = () => source.focus(start);
      return element("li", { className: severity }, [go]);
    }),
  );
  if (hasErrors) {
    // What is there is of another program.
    if (!drawn) showNothing();
    return;
  }
  compiled = answer;
  emitted.text = code;
  if (states.length === 0) showNothing();
  if (running !== "" && running !== source.text) rerun();
}

function showFailure(): void {
  const message = "The compiler cannot be loaded. Load the page again.";
  byId("messages").replaceChildren(element("li", { className: "error" }, [message]));
}

function showNothing(): void {
  drawn = undefined;
  shown.replaceChildren();
  const hasErrors = document.body.classList.contains("has-errors");
  if (hasErrors) emitted.text = "";
  graph.show(
    hasErrors
      ? '<p class="empty">The states are shown when the text has no errors.</p>'
      : '<p class="empty">Type an <code>async function*</code> to see its states.</p>',
  );
  panel.explain(undefined);
}

let rerunTimer: ReturnType<typeof setTimeout> | undefined;
/** Takes the steps again when the typing pauses. */
function rerun(): void {
  clearTimeout(rerunTimer);
  rerunTimer = setTimeout(() => void panel.replay(panel.taken), 400);
}

// --- links between states and lines ---

const stateOf = (id: number) => drawn?.explanation.states[id];

function sourceLines(id: number): Lines[] {
  const state = stateOf(id);
  return state ? [...state.source, ...(state.ending.source ? [state.ending.source] : [])] : [];
}

function emittedLines(id: number): Lines[] {
  return compiled?.states.filter((each) => each.id === id) ?? [];
}

function statesAt(line: number, linesOf: (id: number) => Lines[]): number[] {
  const states = drawn?.explanation.states ?? [];
  const isAt = (lines: Lines): boolean => lines.line <= line && line <= lines.endLine;
  return states.map(({ id }) => id).filter((id) => linesOf(id).some(isAt));
}

const statesAtSource = (line: number): number[] => statesAt(line, sourceLines);
const statesAtEmitted = (line: number): number[] => statesAt(line, emittedLines);

/** Lights up states and their lines; scrolls everywhere but where the reader points. */
function link(states: readonly number[], from: "source" | "graph" | "emitted"): void {
  graph.light("is-linked", states, from !== "graph");
  source.mark("cm-linked", states.flatMap(sourceLines), from !== "source");
  emitted.mark("cm-linked", states.flatMap(emittedLines), from !== "emitted");
}

// --- programs ---

function load({ text, options: chosen, call: made, steps, shown: name }: Program): void {
  ticks.value = chosen.ticks;
  close.value = chosen.close;
  debug.checked = chosen.debug;
  call.value = made;
  drawn = undefined;
  shown.replaceChildren(element("option", { value: name }, [name]));
  running = text;
  source.text = text;
  isTyping = false;
  draw(-1);
  void panel.replay(steps);
}

let rememberTimer: ReturnType<typeof setTimeout> | undefined;
/** Keeps the address up to date, so that it can be copied and reloaded. */
function remember(): void {
  clearTimeout(rememberTimer);
  rememberTimer = setTimeout(() => history.replaceState(null, "", hash()), 250);
}

function hash(): string {
  return toHash({
    text: source.text,
    options: options(),
    shown: shown.value,
    call: call.value,
    steps: panel.taken,
  });
}

function loadFromHash(): void {
  let program: Program | undefined;
  try {
    program = fromHash(location.hash);
  } catch (error) {
    toast((error as Error).message);
    // Nothing that is there is lost for a link that leads nowhere.
    if (source.text !== "") return;
  }
  load(program ?? exampleProgram(0));
}

function indexOfExample(text: string): string {
  const index = examples.findIndex((each) => each.text === text);
  return index < 0 ? "" : String(index);
}

function exampleProgram(index: number): Program {
  const chosen = examples[index]!;
  return { ...chosen, options: { ticks: "spec", close: "queue", debug: true }, shown: /\w+/.exec(chosen.call)![0] };
}

let toastTimer: ReturnType<typeof setTimeout> | undefined;
function toast(message: string): void {
  clearTimeout(toastTimer);
  byId("toast").textContent = message;
  byId("toast").classList.add("is-shown");
  toastTimer = setTimeout(() => byId("toast").classList.remove("is-shown"), 2500);
}

async function share(): Promise<void> {
  history.replaceState(null, "", hash());
  try {
    await navigator.clipboard.writeText(location.href);
    toast("Link copied");
  } catch {
    toast("The link is in the address bar");
  }
}

// --- controls ---

example.replaceChildren(
  element("option", { value: "", hidden: true }, ["Your own"]),
  ...examples.map(({ title }, index) => element("option", { value: String(index) }, [title])),
);
example.onchange = () => load(exampleProgram(Number(example.value)));
shown.onchange = () => draw(-1);
for (const control of [ticks, close, debug])
  control.onchange = () => {
    draw(-1);
    void panel.replay(panel.taken);
  };
call.onchange = () => void panel.replay(panel.taken);
byId("skip").onclick = (event) => {
  // The address is the program's.
  event.preventDefault();
  source.focus();
};
byId("share").onclick = () => void share();
byId("theme").onclick = () => toast(`Theme: ${switchTheme()}`);
byId("smaller").onclick = () => graph.setZoom(0.8);
byId("larger").onclick = () => graph.setZoom(1.25);
byId("fit").onclick = () => graph.setZoom(undefined);
onShortcut({
  KeyN: () => panel.take("next"),
  KeyT: () => panel.take("throw"),
  KeyR: () => panel.take("return"),
  KeyC: () => panel.take("cancel"),
  KeyX: () => panel.take("abandon"),
  Enter: () => byId("again").click(),
  Backspace: () => byId("clear").click(),
  KeyS: () => void share(),
});
addEventListener("hashchange", loadFromHash);
loadFromHash();
