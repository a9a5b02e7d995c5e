/**
 * The compiler's TypeScript: the host's, where a door brings one before anything is compiled, else its own, which is
 * loaded when something is first asked of it. It must be one: the numbers of the node kinds differ between versions.
 */

import type ts from "typescript";
import load from "./load-typescript.cjs";

export type TypeScript = typeof ts;

let chosen: TypeScript | undefined;

function choose(found: TypeScript): void {
  chosen = found;
  Object.setPrototypeOf(api, copyOf(found));
}

/** TypeScript's own exports are getters that call getters, and the compiler asks for them thousands of times a file. */
function copyOf(found: TypeScript): TypeScript {
  return { ...found };
}

/** Looks for the compiler's own when it is asked for anything. */
const notChosen = new Proxy(
  {},
  {
    get(_, name) {
      choose(load());
      return Reflect.get(api, name);
    },
  },
);

/**
 * The TypeScript that the compiler works with: the host's, or the project's own, which is loaded when something is first asked of
 * it. Throws, with the code `ACLOSE_NO_TYPESCRIPT`, where there is none with the classic API.
 */
export const api: TypeScript = Object.create(notChosen);

/**
 * The host's TypeScript to work with: the compiler's too, if it has not needed one yet, which spares it another 9 MB of
 * code. A host may itself have taken the compiler's, loaded or not.
 */
export function fromHost(host: TypeScript): TypeScript {
  if (!chosen) choose(load(host === api ? undefined : host));
  return host === chosen || host === api ? api : copyOf(load(host));
}
