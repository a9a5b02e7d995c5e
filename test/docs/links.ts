/** Whether links between pages lead somewhere. Those to other sites are not looked at. */

import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../doors/project.js";
import { pages } from "./pages.js";

/** The anchors of headings as GitHub makes them: equal ones are numbered. */
function anchorsOf(headings: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return headings.map((heading) => {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

/** What is wrong with a link on a page; undefined if nothing is. */
export function checkLink(page: string, url: string): string | undefined {
  if (/^[a-z]+:/.test(url)) return undefined;
  const [path = "", anchor] = url.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return `there is no ${target}`;
  if (anchor === undefined || statSync(join(root, target)).isDirectory()) return undefined;
  const headings = pages.find((each) => each.path === target)?.headings ?? [];
  return anchorsOf(headings).includes(anchor) ? undefined : `${target} has no heading #${anchor}`;
}
