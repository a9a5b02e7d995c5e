/** Names for scripts: all scripts of a page share one global scope, where two with a function `rows` would both have a `rows$step`. */

import type ts from "typescript";

/** A hash of the script's own name and text: the same in every folder, and another for another script. */
export function scriptSuffix({ fileName, text }: ts.SourceFile): string {
  const name = fileName.replace(/^.*[\\/]/, "");
  return `$${fnv1a(`${name}\n${text}`).toString(36)}`;
}

/** FNV-1a, 32 bits, over UTF-16 code units: http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
