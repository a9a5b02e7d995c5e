/**
 * The parser of the engine that runs the compiler: twenty times as fast as one in JavaScript, but it does not tell where something is wrong,
 * and knows only the syntax of its time.
 */

const vm = globalThis.process?.getBuiltinModule?.("node:vm");

/** Whether it takes a statement within a strict async function. False where it cannot be asked, as in a browser. */
export function engineTakes(statement: string): boolean {
  if (!vm) return false;
  try {
    new vm.Script(`async () => { "use strict"; ${statement}\n}`);
    return true;
  } catch {
    return false;
  }
}
