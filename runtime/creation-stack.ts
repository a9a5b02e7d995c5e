import { shared } from "./copies.js";
import { Definition } from "./definition.js";
import { coreOf } from "./handle.js";
import { lifeOf } from "./life.js";

const create = shared("create", Definition.prototype.create);

type ErrorWithCapture = { captureStackTrace?: (target: object, above: Function) => void };

/** The stack above the call of a function; from here, where the engine cannot tell or the function was inlined away. */
function stackAbove(fn: Function): string {
  const place: { stack?: string } = {};
  (Error as ErrorWithCapture).captureStackTrace?.(place, fn);
  const stack = place.stack ?? "";
  const text = stack.includes("\n") ? stack : (new Error().stack ?? "");
  // Without the first line, which says "Error".
  return text.replace(/^(?!\s+at )[^\n]*\n(?=\s+at )/, "");
}

function createAndRemember(this: Definition, ...args: Parameters<Definition["create"]>): object {
  const handle = create.apply(this, args);
  const core = coreOf(handle);
  if (core !== undefined) lifeOf(core).creationStack = stackAbove(this.self);
  return handle;
}

/** Has every generator remember where it was created. While it does not, creating one costs nothing more. */
export function captureCreationStacks(isOn: boolean): void {
  Definition.prototype.create = isOn ? createAndRemember : create;
}
