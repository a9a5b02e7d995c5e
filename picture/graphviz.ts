/** Graphviz, loaded when the first picture is drawn: nobody else pays for it. */

import type { Viz } from "@viz-js/viz";

export type Graphviz = Pick<Viz, "renderString">;

let loading: Promise<Graphviz> | undefined;

/** Rejects when the optional dependency is not installed. */
export function loadGraphviz(): Promise<Graphviz> {
  loading ??= import("@viz-js/viz").then(({ instance }) => instance());
  return loading;
}
