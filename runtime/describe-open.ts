import type { Core } from "./core.js";
import { circumstances, counted, standing, titled } from "./describe.js";
import { type AsyncGeneratorInspection, inspectAll, knownCores } from "./inspect.js";
import { readersOf } from "./read-by.js";

/** The open generators, each under the one that reads it; the empty string when none is open. */
export function describeOpenAsyncGenerators(): string {
  const cores = knownCores();
  if (cores.length === 0) return "";
  const inspections = inspectAll(cores);
  const children = childrenOf(cores);
  const lines: string[] = [];
  const shown = new Set<Core>();
  const show = (core: Core, first: string, rest: string): void => {
    shown.add(core);
    const own = (children.get(core) ?? []).filter((child) => !shown.has(child));
    lines.push(`${first}${line(inspections.get(core) as AsyncGeneratorInspection)}`);
    own.forEach((child, index) => {
      const isLast = index === own.length - 1;
      show(child, `${rest}${isLast ? "└─ " : "├─ "}`, `${rest}${isLast ? "   " : "│  "}`);
    });
  };
  const read = new Set([...children.values()].flat());
  for (const core of cores) if (!read.has(core)) show(core, "  ", "  ");
  // Those that read each other in a circle have no top.
  for (const core of cores) if (!shown.has(core)) show(core, "  ", "  ");
  return `${counted(cores.length)}:\n${lines.join("\n")}`;
}

function line(inspection: AsyncGeneratorInspection): string {
  return [`${titled(inspection)}: ${standing(inspection)}`, ...circumstances(inspection)].join("; ");
}

/** What each open generator reads, of the open ones. */
function childrenOf(cores: readonly Core[]): Map<Core, Core[]> {
  const children = new Map<Core, Core[]>();
  const readers = readersOf(cores);
  for (const core of cores) {
    const reader = readers.get(core);
    if (reader === undefined || !cores.includes(reader)) continue;
    const known = children.get(reader);
    if (known) known.push(core);
    else children.set(reader, [core]);
  }
  return children;
}
