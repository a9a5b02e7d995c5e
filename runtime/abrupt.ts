import { type Activation, Mode, Operation } from "./abi.js";

/** What an abrupt resumption does to a body without protected regions: it throws, or finishes with the value. */
export function abrupt(core: Activation): unknown {
  if (core.mode === Mode.Throw) throw core.value;
  core.op = Operation.Return;
  return core.value;
}
