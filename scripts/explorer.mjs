/**
 * The explorer: `build` puts it into dist-explorer/, static files for any server; `serve` builds it anew with every
 * change and serves it on http://localhost:8080.
 */

import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, context } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Workers are classic scripts: the sandbox makes one of them from text. */
function bundles(outdir, minify) {
  const common = {
    absWorkingDir: root,
    bundle: true,
    minify,
    outdir,
    platform: "browser",
    target: "es2022",
    legalComments: "linked",
    logLevel: "warning",
    // TypeScript asks for Node's modules where there is Node.
    external: ["node:*", "@typescript/typescript6"],
    define: { "process.env.NODE_ENV": '"production"' },
  };
  return [
    { ...common, entryPoints: { main: "explorer/main.ts" }, format: "esm" },
    { ...common, entryPoints: { compiler: "explorer/compiler/worker.ts" }, format: "iife" },
    // What programs import shows its names in the log.
    { ...common, entryPoints: { runner: "explorer/run/runner.ts" }, format: "iife", keepNames: true },
    {
      ...common,
      entryPoints: ["explorer/index.html", "explorer/style.css", "explorer/run/sandbox.html"],
      entryNames: "[name]",
      loader: { ".html": "copy", ".css": "copy" },
    },
  ];
}

/** Builds all of it into an empty folder. */
export async function buildExplorer(outdir = join(root, "dist-explorer"), { minify = true } = {}) {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  await Promise.all(bundles(outdir, minify).map((each) => build(each)));
  return outdir;
}

async function serve() {
  const outdir = await buildExplorer(undefined, { minify: false });
  const contexts = await Promise.all(bundles(outdir, false).map((each) => context(each)));
  await Promise.all(contexts.map((each) => each.watch()));
  try {
    const wanted = Number(process.env.PORT ?? 8080);
    const { port } = await contexts[0].serve({ servedir: outdir, port: wanted, host: "127.0.0.1" });
    console.log(`The explorer is at http://localhost:${port}/`);
  } catch (error) {
    console.error(`The explorer cannot be served: ${error.message}. PORT names another port.`);
    process.exit(1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv[2] === "serve") await serve();
  else console.log(`The explorer is in ${await buildExplorer()}`);
}
