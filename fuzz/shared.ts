/** A generator that a loop of an async function reads, while others ask it, and while it asks itself. */

import { freshName, insideFunction, type Place } from "./place.js";
import { statements } from "./statements.js";

/** Two processes run beside the program from here on, so it is for programs that may have such. */
export function sharedGenerator(place: Place): string {
  const { random } = place.program;
  const name = freshName(place, "s");
  const perhaps = (chance: number, text: string): string => (random.chance(chance) ? ` ${text}` : "");
  const ask = (): string => {
    const method = random.pick(["next", "next", "return", "throw"]);
    return `${name}.${method}(${random.below(3)}).then((r) => log("${name} ${method}", r), (e) => log("${name} ${method}", e));`;
  };
  const inside = insideFunction(place, "async generator");
  const body = statements({ ...inside, own: new Set() }, 1 + random.below(2));
  const item = freshName(place, "v");
  const within = `log("${name} reads", ${item});${perhaps(0.4, "await 0;")}${perhaps(0.3, ask())}${perhaps(0.2, "break;")}`;
  return `{ const ${name} = (async function* () {${perhaps(0.7, "yield 1;")}${perhaps(0.4, ask())}\n${body}\n${perhaps(0.4, "yield 2;")}${perhaps(0.3, ask())} })();
(async () => { for await (const ${item} of ${name}) { ${within} } })().then(() => log("${name} is read"), (e) => log("${name}", e));${perhaps(0.6, ask())}${perhaps(0.3, ask())} }`;
}
