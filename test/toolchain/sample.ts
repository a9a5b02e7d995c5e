/** The program that every toolchain builds: its log must be the same from all of them. */

const rows = `export interface Row { readonly id: number }

/** Rows until the consumer has enough. */
export async function* rows(log: string[], limit: number = 10): AsyncGenerator<Row, string, void> {
  "use aclose";
  try {
    for (let id = 0; id < limit; id++) {
      const row: Row = { id: await Promise.resolve(id) };
      yield row;
    }
    return "all";
  } finally {
    await Promise.resolve();
    log.push("closed");
  }
}

export class Table {
  constructor(private readonly log: string[]) {}
  async *pages(this: Table, ...sizes: number[]): AsyncGenerator<number> {
    "use aclose";
    for (const size of sizes) {
      const end: string = yield* rows(this.log, size) as unknown as AsyncGenerator<number, string>;
      this.log.push(end);
    }
  }
}
`;

const run = `import { rows, Table } from "./rows.js";

export async function run(): Promise<string[]> {
  const log: string[] = [];
  for await (const { id } of rows(log)) {
    log.push(\`row \${id}\`);
    if (id === 2) break;
  }
  for await (const page of new Table(log).pages(2, 1)) log.push(JSON.stringify(page));
  const open = rows(log);
  await open.next();
  const result = await open.throw(new Error("stop")).catch((error: Error) => error.message);
  log.push(\`threw \${result}\`, rows.name, Object.prototype.toString.call(open));
  log.push("compiled " + ("aclose" in open), "native " + /function\\s*\\*/.test(rows.toString()));
  return log;
}
`;

const main = `import { run } from "./run.js";
run().then((log) => console.log(log.join("\\n")));
`;

export const sample: Readonly<Record<string, string>> = { "src/rows.ts": rows, "src/run.ts": run, "src/main.ts": main };

/** A test of the sample, for runners whose \`it\` and \`expect\` are globals: it leaves the log in a file. */
export const sampleTest = `import { writeFileSync } from "node:fs";
import { run } from "../src/run.js";
it("runs", async () => {
  const log = await run();
  expect(log[0]).toBe("row 0");
  writeFileSync("log.txt", log.join("\\n") + "\\n");
});
`;

export const sampleLog = `${[
  "row 0",
  "row 1",
  "row 2",
  "closed",
  '{"id":0}',
  '{"id":1}',
  "closed",
  "all",
  '{"id":0}',
  "closed",
  "all",
  "closed",
  "threw stop",
  "rows",
  "[object AsyncGenerator]",
  "compiled true",
  "native false",
].join("\n")}\n`;
