import type { methods } from "./async-generator-prototype.js";

/** The methods of compiled generators, for who has to recognize them. In a file of its own: what they do comes to that. */
export const ownMethods = {} as typeof methods;
