/** What the page and its workers tell each other. All of it is plain data. */

import type { Diagnostic, Explanation, Options } from "../transformer/index.js";

export type CompilerOptions = Required<Pick<Options, "ticks" | "close" | "debug">>;

// --- page ↔ compiler ---

/** Asks for the picture of a function: the first thing that a reader who types wants to see. */
export interface DrawRequest {
  readonly kind: "draw";
  readonly text: string;
  readonly options: CompilerOptions;
  /** Which function to draw: the one around this offset, else the one with this step or name. */
  readonly cursor: number;
  readonly shown: string;
}

export interface Drawn {
  readonly kind: "draw";
  /** The functions that are compiled. Empty for a text with syntax errors. */
  readonly functions: readonly ListedFunction[];
  readonly shown?: { readonly explanation: Explanation; readonly svg: string };
  readonly times: DrawTimes;
}

interface ListedFunction {
  /** What tells it from all others, of the same name too: the name of its step. */
  readonly step: string;
  readonly title: string;
}

/** When the worker was at what, in milliseconds since the epoch: the clocks of a page and its worker begin apart. */
export interface DrawTimes {
  readonly received: number;
  readonly compiled: number;
  readonly drawn: number;
}

/** Asks for the emitted code, and for what is wrong with the text. */
export interface CompileRequest {
  readonly kind: "compile";
  readonly text: string;
  readonly options: CompilerOptions;
  /** The function whose states are wanted. */
  readonly shown: Pick<Explanation, "step"> | undefined;
}

/** Lines of the emitted code, 1-based. */
export interface EmittedState {
  readonly id: number;
  readonly line: number;
  readonly endLine: number;
}

export interface Compiled {
  readonly kind: "compile";
  readonly code: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly states: readonly EmittedState[];
}

/** Asks for programs to run: the native one and the compiled one. */
export interface PrepareRequest {
  readonly kind: "prepare";
  readonly text: string;
  readonly options: CompilerOptions;
  /** An expression that makes the generator. */
  readonly call: string;
}

export interface Prepared {
  readonly kind: "prepare";
  /** Bodies of functions of `exports` and `require`. Undefined with errors. */
  readonly programs?: Readonly<Record<Engine, string>>;
  readonly error?: string;
}

export type CompilerRequest = DrawRequest | CompileRequest | PrepareRequest;
export type CompilerAnswer = Drawn | Compiled | Prepared;

// --- page ↔ runner ---

export type Engine = "native" | "compiled";

export interface Step {
  readonly action: "next" | "throw" | "return" | "cancel" | "abandon";
  /** An expression; empty for none. */
  readonly argument: string;
  /** Taken while the steps before are still waiting for their answers. */
  readonly atOnce: boolean;
}

export type RunnerRequest =
  | { readonly kind: "start"; readonly engine: Engine; readonly program: string }
  | { readonly kind: "step"; readonly step: Step; readonly number: number }
  | { readonly kind: "ping" };

/** One line of a log. */
export interface LogEvent {
  readonly kind: "call" | "value" | "error" | "console" | "note";
  readonly text: string;
  /** The step that it belongs to. */
  readonly step?: number;
}

export interface Snapshot {
  /** Of the compiled function that made the generator. */
  readonly name?: string;
  readonly step?: string;
  /** The state that it resumes in; undefined for a native generator. */
  readonly state?: number;
  readonly status: "created" | "running" | "suspended" | "closed" | "unknown";
  readonly waitingFor?: string;
  /** Requests without an answer, the oldest first. */
  readonly queue: readonly string[];
  readonly locals: readonly { readonly name: string; readonly value: string }[];
}

export type RunnerAnswer =
  | { readonly kind: "event"; readonly event: LogEvent }
  /** With the states that the body was suspended in since the last one, as states to resume in. */
  | { readonly kind: "snapshot"; readonly snapshot: Snapshot; readonly suspensions: readonly number[] }
  | { readonly kind: "ready"; readonly failed: boolean }
  /** The turn after a message is over; `step` is the number of the step that the message was. */
  | { readonly kind: "turn"; readonly step?: number };
