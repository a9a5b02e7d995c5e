/** `npm run explorer:measure`: the time from a keystroke to the new graph on the page, for a file of 200 lines. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startExplorer, typeSource } from "../test/explorer/explorer-page.js";
// @ts-expect-error: a script without types
import { buildExplorer } from "./explorer.mjs";
import { browserProcesses, processorTime } from "./processor-time.js";

const rounds = 12;
/** The first ones also warm the engine up. */
const unmeasured = 3;

/** 200 lines: one generator of 60 lines, which is drawn, among others and ordinary functions. */
function source(): string {
  const part = (name: string): string => `async function* ${name}(db: Database, size = 10) {
  const table = await db.open("${name}");
  try {
    for await (const row of table.read(size)) {
      if (row.skip) continue;
      yield row;
    }
  } finally {
    await table.close();
  }
}
`;
  const plain = (name: string): string => `function ${name}(row: Row): string {
  const parts = [];
  for (const [key, value] of Object.entries(row)) {
    parts.push(\`\${key}: \${value}\`);
  }
  return parts.join(", ");
}
`;
  const body = Array.from(
    { length: 7 },
    (_, index) => `  try {
    const batch${index} = await db.fetch(${index});
    if (batch${index}.length === 0) return;
    yield* batch${index};
  } catch (error) {
    yield String(error);
  } finally {
    await db.release(${index});
  }`,
  );
  const rest = Array.from({ length: 7 }, (_, index) => part(`rows${index}`) + plain(`shown${index}`)).join("");
  const text = `${rest}export async function* all(db: Database) {\n${body.join("\n")}\n  // here\n}\n`;
  const missing = 200 - (text.split("\n").length - 1);
  return "// A file of 200 lines.\n".repeat(Math.max(0, missing)) + text;
}

/** What a keystroke's time goes to, and the whole of it. */
const phases = [
  "editor and way to the compiler",
  "compiling",
  "layout and drawing",
  "way back",
  "into the document",
  "painting",
  "keystroke to graph",
] as const;
type Times = Readonly<Record<(typeof phases)[number] | "computed", number>>;
const whole = "keystroke to graph";

function breakdown(times: readonly Times[]): string {
  const sorted = warm(times).sort((one, other) => one[whole] - other[whole]);
  const row = (name: string, found: Times): string =>
    `  ${name.padEnd(8)}${phases.map((phase) => `${phase} ${found[phase].toFixed(0)}`).join(", ")}`;
  return [row("median", sorted[sorted.length >> 1]!), row("slowest", sorted.at(-1)!)].join("\n");
}

const warm = <T>(times: readonly T[]): T[] => times.slice(Math.round((times.length * unmeasured) / rounds));

function summary(times: readonly Times[], name: keyof Times): string {
  const sorted = warm(times)
    .map((each) => each[name])
    .sort((one, other) => one - other);
  const at = (part: number): string => sorted[Math.round(part * (sorted.length - 1))]!.toFixed(0);
  const first = times[0]![name].toFixed(0);
  return `median ${at(0.5)} ms, 19 of 20 within ${at(0.95)} ms, slowest ${at(1)} ms; the first of all ${first} ms`;
}

const folder = mkdtempSync(join(tmpdir(), "aclose-explorer-"));
await buildExplorer(folder);
const explorer = await startExplorer(folder);
try {
  const page = await explorer.open();
  const text = source();
  await typeSource(page, text.slice(0, text.indexOf("  // here") + 9));
  await page.keyboard.insertText(text.slice(text.indexOf("  // here") + 9));
  for (let back = 0; back < 2; back++) await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  const processes = browserProcesses();
  /** Milliseconds from the insertion to the graph. */
  const insert = async (typed: string): Promise<Times> => {
    await page.evaluate("performance.clearMeasures()");
    const before = processorTime(processes);
    await page.keyboard.insertText(typed);
    await page.waitForFunction(`performance.getEntriesByName("${whole}").length > 0`);
    const computed = processorTime(processes) - before;
    const found = (await page.evaluate(
      "performance.getEntriesByType('measure').map(({ name, duration }) => [name, duration])",
    )) as [string, number][];
    return { ...(Object.fromEntries(found) as Times), computed };
  };
  const letters: Times[] = [];
  const states: Times[] = [];
  for (let round = 0; round < rounds; round++) {
    states.push(await insert('yield "";\n'));
    for (let back = 0; back < 3; back++) await page.keyboard.press("ArrowLeft");
    for (const letter of "a word") letters.push(await insert(letter));
    await page.keyboard.press("ArrowDown");
  }
  const drawn = await page.locator("#graph [data-state]").count();
  console.log(
    `${text.split("\n").length - 1} lines, ${drawn} states drawn; from a keystroke to the graph on the page:`,
  );
  for (const [what, times] of Object.entries({ "a letter": letters, "a statement that adds a state": states })) {
    console.log(`${what}: ${summary(times, whole)}\n${breakdown(times)}`);
    if (processes.length > 0) console.log(`  computed by all of the browser meanwhile: ${summary(times, "computed")}`);
  }
} finally {
  await explorer.close();
  rmSync(folder, { recursive: true, force: true });
}
