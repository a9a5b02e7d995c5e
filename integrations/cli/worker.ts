/** A worker thread of `aclose build` and `check`: compiles the files that it is sent. */

import { inspect } from "node:util";
import { parentPort, workerData } from "node:worker_threads";
import type { Options } from "../../transformer/index.js";
import { type Compiled, compileFile, type Source } from "./compile-file.js";
import type { Answer } from "./threads.js";

function answerTo(source: Source): Answer<Compiled> {
  try {
    return { result: compileFile(source, workerData as Options) };
  } catch (error) {
    return { fault: inspect(error) };
  }
}

parentPort?.on("message", (source: Source) => parentPort?.postMessage(answerTo(source)));
