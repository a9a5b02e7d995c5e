import { lineEnd } from "../line-ends.js";
import { api } from "../typescript.js";

/** Behind the comments at a file's start with an empty line after them, which are about the file and not about what follows; else 0. */
export function endOfHeader(text: string): number {
  const comments = api.getLeadingCommentRanges(text, 0) ?? [];
  for (const [index, { end }] of comments.entries()) {
    const [blank] = /^\s*/.exec(text.slice(end, comments[index + 1]?.pos))!;
    const lines = blank.split(lineEnd);
    if (lines.length > 2) return end + blank.length - lines.at(-1)!.length;
  }
  return 0;
}
