/** The `openai` package from its own TypeScript sources, bundled as they are or with every async generator compiled. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type OpenAI from "openai";
import type * as pagination from "openai/core/pagination";
import type * as streaming from "openai/core/streaming";
import type { ResponsesToolRunner } from "openai/helpers/responses-tool-runner";
import { type TransformResult, transform } from "../../transformer/index.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
export const sources = join(root, "node_modules/openai/src");

/** The files that declare async generators, and the client that leads to them. */
const entry = `
export { default as OpenAI } from "./index";
export * as streaming from "./core/streaming";
export * as pagination from "./core/pagination";
export { ResponsesToolRunner } from "./helpers/responses-tool-runner";
export { agentItems } from "./lib/beta/agents/pages";
export { normalizeChatCompletionStream } from "./lib/chat-completions/streaming";
export { agentFile } from "./helpers/beta/agents/filesystem";
`;

export interface Library {
  readonly OpenAI: typeof OpenAI;
  readonly streaming: typeof streaming;
  readonly pagination: typeof pagination;
  readonly ResponsesToolRunner: typeof ResponsesToolRunner;
  // The package does not export these.
  readonly agentItems: (load: (after: string | undefined) => Promise<unknown>) => AsyncGenerator<{ id: string }>;
  readonly agentFile: (path: string) => Promise<{ data: AsyncIterable<Uint8Array> }>;
  readonly normalizeChatCompletionStream: <T>(stream: streaming.Stream<T>) => streaming.Stream<T>;
}

export interface CompiledFile extends TransformResult {
  readonly source: string;
}

function compiler(files: Map<string, CompiledFile>): Plugin {
  return {
    name: "aclose",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^aclose\/runtime$/ }, () => ({ path: join(root, "runtime/runtime.ts") }));
      onLoad({ filter: /openai\/src\/.*\.ts$/ }, ({ path }) => {
        const source = readFileSync(path, "utf8");
        const result = transform(source, { fileName: path, include: "all", sourceMap: false });
        files.set(relative(sources, path), { ...result, source });
        return { contents: result.code, loader: "ts" };
      });
    },
  };
}

async function load(plugins: Plugin[]): Promise<Library> {
  const folder = mkdtempSync(join(tmpdir(), "aclose-openai-"));
  try {
    const { outputFiles } = await build({
      stdin: { contents: entry, resolveDir: sources, loader: "ts" },
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      target: "es2022",
      packages: "external",
      logLevel: "silent",
      plugins,
    });
    const file = join(folder, "openai.mjs");
    writeFileSync(file, outputFiles[0]!.text);
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const loadNative = (): Promise<Library> => load([]);

/** The compiled package, and what the compiler said of each file in it. */
export async function loadCompiled(): Promise<{ library: Library; files: ReadonlyMap<string, CompiledFile> }> {
  const files = new Map<string, CompiledFile>();
  return { library: await load([compiler(files)]), files };
}
