/** `npm run explorer:measure`: the time from a keystroke to the new graph on the page, for a file of 200 lines. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startExplorer, typeSource } from "../test/explorer/explorer-page.js";
// @ts-expect-error: a script without types
import { buildExplorer } from "./explorer.mjs";

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

function summary(times: readonly number[]): string {
  const skipped = Math.round((times.length * unmeasured) / rounds);
  const sorted = times.slice(skipped).sort((one, other) => one - other);
  const at = (part: number): string => sorted[Math.round(part * (sorted.length - 1))]!.toFixed(0);
  return `median ${at(0.5)} ms, nine of ten within ${at(0.9)} ms, slowest ${at(1)} ms`;
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
  /** Milliseconds from the insertion to the graph. */
  const insert = async (typed: string): Promise<number> => {
    await page.evaluate("performance.clearMeasures()");
    await page.keyboard.insertText(typed);
    await page.waitForFunction(`performance.getEntriesByName("keystroke to graph").length > 0`);
    return (await page.evaluate(`performance.getEntriesByName("keystroke to graph").at(-1).duration`)) as number;
  };
  const letters: number[] = [];
  const states: number[] = [];
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
  console.log(`a letter: ${summary(letters)}`);
  console.log(`a statement that adds a state: ${summary(states)}`);
} finally {
  await explorer.close();
  rmSync(folder, { recursive: true, force: true });
}
