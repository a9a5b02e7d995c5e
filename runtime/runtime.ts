/**
 * What emitted code calls, listed in `ARCHITECTURE.md`: not for use by hand.
 * @internal
 */

export { ABI_VERSION } from "./abi.js";
export { requireAbi } from "./abi-version.js";
export { abrupt } from "./abrupt.js";
export { asyncIterator } from "./async-iterator.js";
export { checked, constant, initialized, named, TDZ } from "./bindings.js";
export { call, construct, tagged } from "./calls.js";
export { declare, decorated, define, early, method, rejectConstruct, withMethods } from "./definition.js";
export { delegate } from "./delegate.js";
export { disposal } from "./disposal.js";
export { fused } from "./fused.js";
export { iterator } from "./iterator.js";
export { keysIn } from "./keys-in.js";
export { loop } from "./loop.js";
export { copyRest, key, requireObject } from "./objects.js";
export { pull } from "./pull.js";
export { reader } from "./reader.js";
