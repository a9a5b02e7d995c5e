/** How a variable is written in the output. */

import type { Variable } from "../syntax/scope.js";

export type Place =
  | {
      readonly kind: "name";
      readonly name: string;
      /** Declared where it stands, by a declaration inside one state. */
      readonly isDeclared: boolean;
    }
  | { readonly kind: "field"; readonly object: string; readonly field: string }
  | { readonly kind: "scope"; readonly object: Variable; readonly field: string }
  /** Only readable. */
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "unused" };
