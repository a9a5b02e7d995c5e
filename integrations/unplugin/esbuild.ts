/** `aclose/unplugin/esbuild`: for esbuild and tsup, first in `plugins`: esbuild asks one plugin about a file. */

import { readFileSync } from "node:fs";
import { lineEnd } from "../../transformer/line-ends.js";
import type { Create, EsbuildPlugin } from "./types.js";
import { unplugin } from "./unplugin.js";

/** What of esbuild's interface is used here. */
interface Message {
  readonly location?: { readonly file: string; readonly line: number; column: number; lineText?: string } | null;
}
type Load = (args: object) => Promise<{ readonly errors?: Message[]; readonly warnings?: Message[] } | undefined>;
interface Build {
  onLoad(options: object, load: Load): void;
}

/** esbuild shows the line that a message brings, and counts bytes in it; unplugin hands on neither. */
function addLine({ location }: Message): void {
  if (!location) return;
  const lineText = readFileSync(location.file, "utf8").split(lineEnd)[location.line - 1] ?? "";
  Object.assign(location, { lineText, column: Buffer.byteLength(lineText.slice(0, location.column)) });
}

function withLines(build: Build): Build {
  const onLoad: Build["onLoad"] = (options, load) =>
    build.onLoad(options, async (args) => {
      const result = await load(args);
      for (const message of [...(result?.errors ?? []), ...(result?.warnings ?? [])]) addLine(message);
      return result;
    });
  return { ...build, onLoad };
}

/** The plugin for esbuild. */
const plugin: Create<EsbuildPlugin> = (options) => {
  const { name, setup } = unplugin.esbuild(options);
  return { name, setup: (build) => setup(withLines(build) as typeof build) };
};
export default plugin;
