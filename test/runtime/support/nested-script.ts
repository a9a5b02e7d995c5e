import { type Call, type Random, randomCall, randomFrom, type ValueKind, values } from "./script.js";

type NestedOp =
  | { readonly op: "yield" | "await" | "return" | "throw"; readonly value: ValueKind; readonly id: number }
  | { readonly op: "delegate"; readonly inner: Nested; readonly id: number }
  | { readonly op: "loop"; readonly inner: Nested; readonly take: number; readonly pass: boolean; readonly id: number };

interface Nested {
  readonly body: readonly NestedOp[];
  readonly swallows: boolean;
  readonly awaitsAtEnd: boolean;
  readonly yieldsAtEnd: boolean;
}

interface NestedScript {
  readonly nested: Nested;
  readonly calls: readonly Call[];
}

function randomNested(random: Random, depth: number, ids: { next: number }): Nested {
  const value = (): ValueKind => values[random(values.length)] as ValueKind;
  const body = Array.from({ length: 1 + random(4) }, (): NestedOp => {
    const id = ids.next++;
    const dice = random(20);
    if (depth < 3 && dice >= 14) {
      const inner = randomNested(random, depth + 1, ids);
      if (dice >= 17) return { op: "delegate", inner, id };
      return { op: "loop", inner, take: 1 + random(4), pass: random(3) > 0, id };
    }
    if (dice < 8) return { op: "yield", value: value(), id };
    if (dice < 12) return { op: "await", value: value(), id };
    return { op: dice < 16 ? "yield" : dice < 18 ? "return" : "throw", value: value(), id };
  });
  return { body, swallows: random(4) === 0, awaitsAtEnd: random(3) === 0, yieldsAtEnd: random(6) === 0 };
}

export function randomNestedScript(seed: number): NestedScript {
  const random = randomFrom(seed);
  return {
    nested: randomNested(random, 0, { next: 1 }),
    calls: Array.from({ length: 2 + random(9) }, (_, index) => randomCall(random, index)),
  };
}
