/** The options of a plugin. What is wrong with them is said where it is made, and stands in no source. */

import { checkOptions, type Options } from "../transformer/index.js";

export function assertOptions(options: Options): void {
  const problems = checkOptions(options);
  if (problems.length > 0) throw new Error(problems.map(({ code, message }) => `${code}: ${message}`).join("\n"));
}
