/** A method of `%AsyncGeneratorPrototype%`. */
type Method = (this: unknown, ...args: any[]) => any;

/**
 * What stood on `%AsyncGeneratorPrototype%` before this copy of the runtime put its methods there: the engine's, which serve native
 * generators, or those of another copy, which serve its own.
 */
export const replaced: Partial<Record<PropertyKey, Method>> = {};
