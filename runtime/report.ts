/**
 * The package entry `aclose/report`: `node --import aclose/report app.js` prints which generators are open, at the end and when
 * the signal in the environment variable `ACLOSE_REPORT_SIGNAL` comes (`SIGUSR2`; `none` for none). `console.log` then says
 * where a generator stands.
 */

import { installInspectFormatter } from "./formatters.js";
import { nodeProcess } from "./node/process.js";
import { reportOpenAsyncGenerators } from "./node/report.js";

const signal = nodeProcess?.env?.["ACLOSE_REPORT_SIGNAL"];

reportOpenAsyncGenerators(signal === "none" ? { signal: null } : signal ? { signal } : {});
installInspectFormatter();
