/**
 * The compiler's own TypeScript: `typescript` where that has the classic API, else `@typescript/typescript6`.
 * The host of the tsc plugin brings another one, which only plugin.ts and graft.ts use.
 */

import type ts from "typescript";
import loaded from "./load-typescript.cjs";

/**
 * A value only: the types come from `import type ts from "typescript"`, which leaves nothing in the output. A copy:
 * TypeScript's own exports are getters that call getters, and the compiler asks for them thousands of times a file.
 */
export const api: typeof ts = { ...loaded };
