import { readdirSync, rmSync } from "node:fs";
import { run } from "./pipeline.js";
import { newFolder, scenarios, state } from "./scenarios.js";

// Node 25 and later end a program whose forgotten files the garbage collector closes. This one has more to show.
process.on("uncaughtException", (error) => {
  if (!error.message.includes("closed during garbage collection")) throw error;
});

const folders: string[] = [];

for (const [title, scenario] of Object.entries(scenarios)) {
  console.log(title);
  const folder = newFolder();
  folders.push(folder);
  for await (const line of scenario(folder)) console.log(`  ${line}`);
  for (const line of await state(folder)) console.log(`  ${line}`);
}

const folder = newFolder();
folders.push(folder);
const job = run({ folder, rate: async () => 1 });
await job.next();

process.on("exit", () => {
  console.log("open at the program's end");
  console.log(`  files: ${readdirSync(folder).sort().join(", ")}`);
  for (const each of folders) rmSync(each, { recursive: true });
  // The program refers to the job until its end: it is not garbage.
  void job;
});
