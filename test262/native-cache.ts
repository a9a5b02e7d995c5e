/** Outcomes of native runs, which change only with Node, the test and the harness. */

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Outcome } from "./execute.js";
import type { Mode, TestFile } from "./select.js";

const hashOf = (...texts: string[]): string => {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\0");
  return hash.digest("hex").slice(0, 24);
};

const runnerFiles = ["execute.ts", "realm.ts", "select.ts"];

/** The harness and the runner itself: with either, every outcome may change. */
function environmentHash(checkout: string): string {
  const harness = join(checkout, "harness");
  const texts = readdirSync(harness)
    .filter((name) => name.endsWith(".js"))
    .sort()
    .map((name) => readFileSync(join(harness, name), "utf8"));
  const runner = runnerFiles.map((name) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), "utf8"));
  return hashOf(process.version, ...texts, ...runner);
}

interface NativeCache {
  get(test: TestFile, mode: Mode): Outcome | undefined;
  set(test: TestFile, mode: Mode, outcome: Outcome): void;
  save(): void;
}

export function openNativeCache(checkout: string): NativeCache {
  const folder = join(tmpdir(), "aclose-test262");
  const file = join(folder, `native-${environmentHash(checkout)}.json`);
  let outcomes: Record<string, Outcome> = {};
  try {
    outcomes = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // The first run with this Node and this checkout.
  }
  const key = (test: TestFile, mode: Mode): string => hashOf(test.path, mode, test.source);
  return {
    get: (test, mode) => outcomes[key(test, mode)],
    set: (test, mode, outcome) => {
      outcomes[key(test, mode)] = outcome;
    },
    save() {
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${file}.${process.pid}`, JSON.stringify(outcomes));
      renameSync(`${file}.${process.pid}`, file);
    },
  };
}
