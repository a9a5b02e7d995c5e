/** A whole session in the hash of the page's address. */

import lzString from "lz-string";
import type { CompilerOptions, Step } from "../protocol.js";

export interface Program {
  readonly text: string;
  readonly options: CompilerOptions;
  /** The function that is shown. */
  readonly shown: string;
  readonly call: string;
  readonly steps: readonly Step[];
}

const version = 1;

export function toHash({ text, options, shown, call, steps }: Program): string {
  const taken = steps.map(({ action, argument, atOnce }) => [action, argument, atOnce ? 1 : 0]);
  return `#${lzString.compressToEncodedURIComponent(JSON.stringify([version, text, options, shown, call, taken]))}`;
}

/** Undefined for an empty hash. Throws for one that is not from here. */
export function fromHash(hash: string): Program | undefined {
  if (hash.length < 2) return undefined;
  const [found, text, options, shown, call, steps] = contentsOf(hash);
  if (found !== version || typeof text !== "string" || !Array.isArray(steps))
    throw new Error("This link is not from this explorer, or is incomplete.");
  const { ticks, close, debug } = Object(options) as CompilerOptions;
  return {
    text,
    options: {
      ticks: ticks === "fused" ? "fused" : "spec",
      close: close === "interrupt" ? "interrupt" : "queue",
      debug: debug !== false,
    },
    shown: String(shown),
    call: String(call),
    steps: steps.filter(Array.isArray).flatMap(([action, argument, atOnce]) => {
      if (!actions.includes(action)) return [];
      return [{ action, argument: String(argument), atOnce: atOnce === 1 }];
    }),
  };
}

/** Empty for what is not from here. */
function contentsOf(hash: string): readonly unknown[] {
  try {
    const contents: unknown = JSON.parse(lzString.decompressFromEncodedURIComponent(hash.slice(1)) ?? "");
    return Array.isArray(contents) ? contents : [];
  } catch {
    return [];
  }
}

const actions: readonly Step["action"][] = ["next", "throw", "return", "cancel", "abandon"];
