/** esbuild with the plugin; `--native` leaves it out. */

import aclose from "aclose/unplugin/esbuild";
import { build } from "esbuild";

const isNative = process.argv.includes("--native");

await build({
  entryPoints: ["src/*.ts"],
  outdir: isNative ? "dist/native" : "dist/aclose",
  format: "esm",
  target: "es2022",
  sourcemap: true,
  plugins: isNative ? [] : [aclose()],
});
