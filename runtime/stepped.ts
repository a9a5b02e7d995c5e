import { Mode } from "./abi.js";
import type { Core } from "./core.js";
import { requireResult } from "./iterator-result.js";

/** Takes the awaited result apart, as the head of a `for await` does. */
export function stepped(core: Core, mode: Mode, result: any): void {
  if (mode === Mode.Next) {
    try {
      requireResult(result);
      if (result.done) mode = Mode.Done;
      result = mode === Mode.Done ? undefined : result.value;
    } catch (error) {
      mode = Mode.Throw;
      result = error;
    }
  }
  core.mode = mode;
  core.value = result;
}
