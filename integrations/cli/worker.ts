/** A worker thread of `aclose build` and `check`: compiles files until none is left. */

import "./compile-cache.js";
import { parentPort, workerData } from "node:worker_threads";
import type { Options } from "../../transformer/index.js";
import { compileFile, type Source } from "./compile-file.js";
import { answers, type Share } from "./threads.js";

for (const answered of answers(workerData as Share<Source, Options>, compileFile)) parentPort?.postMessage(answered);
