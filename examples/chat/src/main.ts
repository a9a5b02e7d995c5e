import { spawn } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Server, scenarios } from "./scenarios.js";

/** Starts the server as this program was started. */
async function startServer(): Promise<Server> {
  const file = fileURLToPath(new URL(`./server${extname(import.meta.url)}`, import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, file], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface(child.stdout);
  const [url] = await once(lines, "line");
  const printed: string[] = [];
  lines.on("line", (line) => printed.push(line));
  return { url, process: child, printed };
}

const server = await startServer();
try {
  for (const [title, scenario] of Object.entries(scenarios)) {
    console.log(title);
    const room = new URL(encodeURIComponent(title), server.url);
    for await (const line of scenario(room, server)) console.log(`  ${line}`);
  }
} finally {
  server.process.kill("SIGKILL");
}
process.exit();
