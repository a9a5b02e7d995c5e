/** `node --import aclose/testing/node-test --test`: a test of `node:test` fails when it leaves async generators open. */

import { afterEach, beforeEach } from "node:test";
import { checkEachTest } from "./hooks.js";

checkEachTest({ beforeEach, afterEach });
