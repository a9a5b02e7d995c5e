/** The two editors: what one types, and what is emitted. Both light up lines. */

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { diagnosticCount, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension, StateEffect, StateField, type Text } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import type { Diagnostic } from "../../transformer/index.js";

/** 1-based, both ends included. */
export interface Lines {
  readonly line: number;
  readonly endLine: number;
}

interface EditorOptions {
  readonly parent: HTMLElement;
  readonly label: string;
  readonly isReadOnly?: boolean;
  readonly changed?: (text: string) => void;
  /** The line under the pointer; undefined when it leaves. */
  readonly pointed: (line: number | undefined) => void;
  /** The offset and the line of the cursor, when the reader moves it. */
  readonly moved?: (offset: number, line: number) => void;
}

type Mark = "cm-linked" | "cm-current";
const mark = StateEffect.define<{ readonly className: Mark; readonly lines: readonly Lines[] }>();

/** Decorated lines, by what they are decorated with. */
const marks = StateField.define<Readonly<Record<Mark, DecorationSet>>>({
  create: () => ({ "cm-linked": Decoration.none, "cm-current": Decoration.none }),
  update(value, { changes, effects, newDoc }) {
    let next = value;
    if (!changes.empty)
      next = { "cm-linked": value["cm-linked"].map(changes), "cm-current": value["cm-current"].map(changes) };
    for (const effect of effects)
      if (effect.is(mark)) next = { ...next, [effect.value.className]: decorate(effect.value, newDoc) };
    return next;
  },
  provide: (field) => [
    EditorView.decorations.from(field, (value) => value["cm-linked"]),
    EditorView.decorations.from(field, (value) => value["cm-current"]),
  ],
});

function decorate({ className, lines }: { className: Mark; lines: readonly Lines[] }, doc: Text): DecorationSet {
  const numbers = new Set<number>();
  for (const { line, endLine } of lines)
    for (let number = line; number <= Math.min(endLine, doc.lines); number++) numbers.add(number);
  const decoration = Decoration.line({ class: className });
  return Decoration.set([...numbers].sort((a, b) => a - b).map((number) => decoration.range(doc.line(number).from)));
}

export class Editor {
  private readonly view: EditorView;

  constructor({ parent, label, isReadOnly = false, changed, pointed, moved }: EditorOptions) {
    const extensions: Extension[] = [
      lineNumbers(),
      bracketMatching(),
      syntaxHighlighting(classHighlighter),
      javascript({ typescript: true }),
      marks,
      keymap.of([...defaultKeymap, ...historyKeymap]),
      EditorView.contentAttributes.of({ "aria-label": label }),
      EditorView.domEventHandlers({
        mousemove: ({ clientX: x, clientY: y }, view) => {
          const offset = view.posAtCoords({ x, y });
          pointed(offset === null ? undefined : view.state.doc.lineAt(offset).number);
        },
        mouseleave: () => pointed(undefined),
        blur: () => pointed(undefined),
      }),
      EditorView.updateListener.of(({ docChanged, selectionSet, state, transactions }) => {
        if (docChanged) changed?.(state.doc.toString());
        const isUser = transactions.some((each) => each.isUserEvent("select"));
        const { head } = state.selection.main;
        if (selectionSet && isUser) moved?.(head, state.doc.lineAt(head).number);
      }),
    ];
    if (isReadOnly) extensions.push(EditorState.readOnly.of(true));
    else extensions.push(history(), drawSelection(), indentOnInput(), highlightActiveLine(), lintGutter());
    this.view = new EditorView({ parent, state: EditorState.create({ extensions }) });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    if (text === this.text) return;
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  get cursor(): number {
    return this.view.state.selection.main.head;
  }

  mark(className: Mark, lines: readonly Lines[], scroll = false): void {
    this.view.dispatch({ effects: mark.of({ className, lines }) });
    const first = lines[0]?.line;
    if (scroll && first !== undefined && first <= this.view.state.doc.lines) this.reveal(first);
  }

  /** Scrolls the editor, and not the page, as CodeMirror's own effect does. */
  private reveal(line: number): void {
    const { scrollDOM, state } = this.view;
    const { top, bottom } = this.view.lineBlockAt(state.doc.line(line).from);
    const { scrollTop, clientHeight } = scrollDOM;
    const margin = 40;
    if (top - margin < scrollTop) scrollDOM.scrollTop = top - margin;
    else if (bottom + margin > scrollTop + clientHeight) scrollDOM.scrollTop = bottom + margin - clientHeight;
  }

  report(diagnostics: readonly Diagnostic[]): void {
    // Also an empty list is a transaction, which the editor draws itself anew for.
    if (diagnostics.length === 0 && diagnosticCount(this.view.state) === 0) return;
    const end = this.view.state.doc.length;
    const shown = diagnostics.map(({ start, length, severity, message, code }) => ({
      from: Math.min(start, end),
      to: Math.min(start + length, end),
      severity,
      message: code === "" ? message : `${code}: ${message}`,
    }));
    this.view.dispatch(setDiagnostics(this.view.state, shown));
  }

  /** Puts the cursor at an offset; without one it stays where it is. */
  focus(offset?: number): void {
    this.view.focus();
    if (offset === undefined) return;
    const anchor = Math.min(offset, this.view.state.doc.length);
    this.view.dispatch({ selection: { anchor }, scrollIntoView: true, userEvent: "select" });
  }
}
