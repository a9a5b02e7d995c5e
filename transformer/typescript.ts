/**
 * The compiler's TypeScript: the host's, where a door brings one before anything is compiled, else its own, which is
 * loaded when something is first asked of it. It must be one: the numbers of the node kinds differ between versions.
 */

import type ts from "typescript";
import loadOwn from "./load-typescript.cjs";

export type TypeScript = typeof ts;

let isChosen = false;

function choose(found: TypeScript): void {
  isChosen = true;
  Object.setPrototypeOf(api, copyOf(found));
}

/** TypeScript's own exports are getters that call getters, and the compiler asks for them thousands of times a file. */
export function copyOf(found: TypeScript): TypeScript {
  return { ...found };
}

/** Looks for the compiler's own when it is asked for anything. */
const notChosen = new Proxy({} as TypeScript, {
  get(_, name) {
    choose(loadOwn());
    return Reflect.get(api, name);
  },
});

/** A value only: the types come from `import type ts from "typescript"`, which leaves nothing in the output. */
export const api: TypeScript = Object.create(notChosen);

/** Spares the compiler its own TypeScript, 9 MB of code, when it has not needed one yet. */
export function offer(host: TypeScript): void {
  if (!isChosen) choose(host);
}
