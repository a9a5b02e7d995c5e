/** The value of the return completion that `aclose` injects: distinguishes it from a `return` of the body's own. */
export const EXIT: unique symbol = Symbol.for("aclose.exit");
