import { apply, defineProperty } from "./intrinsics.js";

/** A compiled function has no source text of its own; what stands there is the shell that calls its state machine. */
const compiled = new WeakSet<Function>();
let identifier: RegExp;
let installed = false;

/**
 * Lets `Function.prototype.toString` say of a compiled function what it says of every function without source text
 * ({@link https://tc39.es/ecma262/#sec-function.prototype.tostring}).
 */
export function hideText(fn: Function): void {
  compiled.add(fn);
  if (installed) return;
  installed = true;
  identifier = identifierPattern();
  const { toString: native } = Function.prototype;
  const { toString } = {
    toString(this: unknown): string {
      if (typeof this !== "function" || !compiled.has(this)) return apply(native, this, []);
      return `function ${identifier.test(this.name) ? this.name : ""}() { [native code] }`;
    },
  };
  try {
    defineProperty(Function.prototype, "toString", {
      value: toString,
      writable: true,
      enumerable: false,
      configurable: true,
    });
  } catch {
    // A realm with frozen built-ins keeps its own.
  }
}

/** Not as a literal, which is an early error where an engine does not know Unicode's properties. */
function identifierPattern(): RegExp {
  try {
    // biome-ignore lint/complexity/useRegexLiterals: A literal would be an early error.
    return new RegExp("^[\\p{ID_Start}$_][\\p{ID_Continue}$]*$", "u");
  } catch {
    return /^[A-Za-z$_][\w$]*$/;
  }
}
