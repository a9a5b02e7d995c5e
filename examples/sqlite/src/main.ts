import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Shop, scenarios } from "./scenarios.js";

async function runAll(folder: string): Promise<void> {
  for (const [title, scenario] of Object.entries(scenarios)) {
    console.log(title);
    const shop = new Shop(folder);
    for await (const line of scenario(shop)) console.log(`  ${line}`);
    for (const line of await shop.state()) console.log(`  ${line}`);
    shop.close();
  }
}

/** The lock is in the file system: what is open when the program ends bars the next one. */
async function endWithOpenCursor(folder: string): Promise<void> {
  const shop = new Shop(folder);
  const cursor = shop.orders();
  await cursor.next();
  process.on("exit", () => {
    console.log("open at the program's end");
    console.log(`  next start: ${shop.count()}`);
    // The program refers to its cursor until its end: it is not garbage.
    void cursor;
  });
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "aclose-sqlite-"));
  await runAll(folder);
  await endWithOpenCursor(folder);
  process.on("exit", () => rmSync(folder, { recursive: true }));
}

void main();
