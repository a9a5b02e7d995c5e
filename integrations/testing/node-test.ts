/** `node --import aclose/testing/node-test --test`: a test of `node:test` fails when it leaves async generators open. */

import { afterEach, beforeEach, type TestContext } from "node:test";
import { checkOfEachTest } from "./hooks.js";

const { begin, end } = checkOfEachTest();
beforeEach(begin);
// The hooks of the test's file come behind this one, and then what the test has given to `after`.
afterEach((test) => (test as TestContext).after(end));
