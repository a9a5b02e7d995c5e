/** One file while it is printed: everything that printing a node may have to look up. */

import type ts from "typescript";
import type { Value } from "../ir/ir.js";
import type { ResolvedOptions } from "../options.js";
import type { Bindings } from "../syntax/bindings.js";
import type { Variable } from "../syntax/scope.js";
import type { ConsumerNames } from "./consumer-printer.js";
import type { Place } from "./place.js";
import type { Plan } from "./plan.js";
import type { UniqueNames } from "./unique-names.js";

export interface Unit {
  readonly file: ts.SourceFile;
  readonly text: string;
  readonly options: ResolvedOptions;
  readonly bindings: Bindings;
  readonly names: UniqueNames;
  /** What annotates a generated name: `: any`, or nothing where the output is not annotated. */
  readonly any: string;
  /** The name of the runtime's namespace in the output. */
  readonly runtime: string;
  /** Functions that are rewritten. */
  readonly plans: ReadonlyMap<ts.Node, Plan>;
  /** `for await` loops that are read through the runtime. */
  readonly consumers: ReadonlyMap<ts.Node, ConsumerNames>;
  /** Where the functions and loops that are rewritten begin, in source order. */
  readonly rewritten: readonly number[];
  /** Values of sub-expressions that were evaluated before the expression that contains them. */
  readonly holes: Map<ts.Node, Value>;
  readonly places: Map<Variable, Place>;
  /** `this` and `arguments` where the step is outside the function. */
  readonly replacements: Map<ts.Node, string>;
  /** What goes in front of the first statement of a statement list. */
  readonly heads: ReadonlyMap<ts.Node, readonly Plan[]>;
  /** What goes behind a statement: the steps of the functions in it. */
  readonly tails: ReadonlyMap<ts.Node, readonly Plan[]>;
  /** Functions for which a class or object literal keeps something in variables, in source order: `cellsOf`. */
  readonly methods: readonly Plan[];
  /** Classes and object literals with methods that have to be given their identity. */
  readonly homes: ReadonlyMap<ts.Node, readonly Plan[]>;
  /** What classes call the static field whose initializer does so. */
  readonly methodsField: string;
}
