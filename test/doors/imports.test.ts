/** Imports go one way: see ARCHITECTURE.md. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import ts from "typescript";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** What is left of a file's imports without those of types. */
function valueImports(text: string): string {
  return ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext } })
    .outputText;
}

interface Import {
  readonly from: string;
  /** A path from the root without extension, or a package or built-in name. */
  readonly to: string;
}

function importsIn(folder: string, read = (text: string) => text): Import[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.[cm]?ts$/.test(name))
    .flatMap((name) => {
      const from = relative(root, join(root, folder, name))
        .split(sep)
        .join("/");
      const { importedFiles } = ts.preProcessFile(read(readFileSync(join(root, from), "utf8")), true, true);
      return importedFiles.map(({ fileName }) => ({
        from,
        to: fileName.startsWith(".") ? posix.join(posix.dirname(from), fileName).replace(/\.[cm]?js$/, "") : fileName,
      }));
    });
}

/** The compiler's layers, lowest first. A file imports from its own folder and from lower layers. */
const layers = [
  [
    "chunk",
    "diagnostics",
    "explanation",
    "fault",
    "file-kinds",
    "line-ends",
    "map-comment",
    "memoize",
    "multimap",
    "version",
    "options",
    "typescript",
    "load-typescript",
    "provenance",
    "origin",
    "search",
    "serialize",
  ],
  ["syntax"],
  ["rules"],
  ["ir"],
  ["lower", "optimize", "analyze"],
  ["emit"],
  ["explained-source", "explain"],
  ["pipeline"],
  ["graft-comments", "graft-imports", "graft-nodes", "graft", "transform", "plugin"],
  ["index"],
];
const roomOf = (path: string): string => path.split("/")[1]?.replace(/\.c?ts$/, "") as string;
const layerOf = (path: string): number => layers.findIndex((layer) => layer.includes(roomOf(path)));
const shown = (found: readonly Import[]): string[] => found.map(({ from, to }) => `${from} imports ${to}`);

/** A way through the imports that comes back to where it was. */
function cycleIn(imports: readonly Import[]): string[] | undefined {
  const nameOf = ({ from }: Import) => from.replace(/\.ts$/, "");
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const each of imports.filter((one) => nameOf(one) === file)) {
      const cycle = visit(each.to, [...way, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const each of imports) {
    const cycle = visit(nameOf(each), []);
    if (cycle) return cycle;
  }
  return undefined;
}

describe("imports", () => {
  const runtime = importsIn("runtime");
  const transformer = importsIn("transformer");
  const integrations = importsIn("integrations");
  const picture = importsIn("picture");

  it("the runtime imports nothing but itself: it finds Node's modules at run time, so that it loads everywhere", () => {
    expect(shown(runtime.filter(({ to }) => !to.startsWith("runtime/")))).to.deep.equal([]);
  });

  it("the runtime's files import one another in one direction: bundlers warn of circles", () => {
    expect(cycleIn(importsIn("runtime", valueImports))).to.equal(undefined);
  });

  it("the compiler imports from the runtime only the ABI", () => {
    const outside = transformer.filter(({ to }) => to.startsWith("runtime/") || to.startsWith("integrations/"));
    expect(shown(outside.filter(({ to }) => to !== "runtime/abi"))).to.deep.equal([]);
  });

  it("the compiler's passes import downwards", () => {
    const own = transformer.filter(({ to }) => to.startsWith("transformer/"));
    expect(own.filter(({ from }) => layerOf(from) < 0)).to.deep.equal([]);
    const upwards = own.filter(
      ({ from, to }) =>
        layerOf(to) > layerOf(from) ||
        (layerOf(to) === layerOf(from) && roomOf(to) !== roomOf(from) && /\/.*\//.test(from)),
    );
    expect(shown(upwards)).to.deep.equal([]);
  });

  it("pictures know the compiler's index, and Graphviz", () => {
    const others = picture.filter(({ to }) => !to.startsWith("picture/"));
    const known = ["transformer/index", "typescript", "@viz-js/viz"];
    expect(shown(others.filter(({ to }) => !known.includes(to)))).to.deep.equal([]);
  });

  it("the doors call the compiler through its index, and the runtime through what tests use of it", () => {
    const inside = integrations.filter(({ to }) => to.startsWith("transformer/") || to.startsWith("runtime/"));
    // What else there is needs no TypeScript, which `aclose init` and a bundler's configuration must do without.
    const known = ["index", "options", "version", "file-kinds", "line-ends", "map-comment"]
      .map((name) => `transformer/${name}`)
      .concat("runtime/testing");
    expect(shown(inside.filter(({ to }) => !known.includes(to)))).to.deep.equal([]);
  });
});
