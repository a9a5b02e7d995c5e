import { expect } from "chai";
import { InvariantError } from "../../../transformer/fault.js";
import type { BasicBlock, Body, ProtectedRegion, Terminator } from "../../../transformer/ir/ir.js";
import { verify } from "../../../transformer/ir/verifier.js";
import type { Variable } from "../../../transformer/syntax/scope.js";
import { block, bodyOf, region, suspend } from "./bodies.js";

const goTo = (target: number): Terminator => ({ kind: "goto", target: target as never });
const leave: Terminator = { kind: "return" };

function check(blocks: readonly BasicBlock[], regions: readonly ProtectedRegion[] = []): void {
  verify(bodyOf(blocks, regions), "the pass");
}

const native = (target: number): Terminator => ({
  kind: "native",
  node: undefined as never,
  next: 1 as never,
  mayFailOnLeaving: false,
  exits: [{ node: undefined as never, instructions: [], target: target as never, awaits: {} as never }],
});

describe("the verifier", () => {
  it("accepts what is well formed", () => {
    check([block(0, goTo(1)), block(1, suspend(2), 0), block(2, leave, 0), block(3, leave)], [region(0, 3, "finally")]);
  });

  const broken: readonly [title: string, message: RegExp, run: () => void][] = [
    ["no block", /no entry block/, () => check([])],
    ["a block placed twice", /block 0 is placed twice/, () => check([block(0, leave), block(0, leave)])],
    ["a jump to nowhere", /block 0 leads to block 7, which is not placed/, () => check([block(0, goTo(7))])],
    [
      "a branch to nowhere",
      /block 0 leads to block 8/,
      () =>
        check([
          block(0, { kind: "branch", test: { kind: "exhausted" }, consequent: 0 as never, alternate: 8 as never }),
        ]),
    ],
    [
      "a dispatch to nowhere",
      /leads to block 9/,
      () =>
        check([
          block(0, {
            kind: "dispatch",
            on: {} as Variable,
            cases: [{ code: 3, target: 9 as never }],
            otherwise: 0 as never,
          }),
        ]),
    ],
    ["an unknown region", /block 0 is in unknown region 4/, () => check([block(0, leave, 4)])],
    [
      "a suspension that resumes in another region",
      /block 0 suspends in region 0 and resumes in no region/,
      () => check([block(0, suspend(1), 0), block(1, leave)], [region(0, 1, "finally")]),
    ],
    [
      "an awaited return that resumes in another region",
      /block 0 suspends in no region and resumes in region 0/,
      () => check([block(0, native(2)), block(1, leave), block(2, leave, 0)], [region(0, 1, "finally")]),
    ],
    ["a region in the wrong place", /region 1 has index 0/, () => check([block(0, leave)], [region(1, 0, "catch")])],
    [
      "a region inside a later one",
      /region 0 lies inside the later region 1/,
      () => check([block(0, leave)], [region(0, 0, "catch", 1), region(1, 0, "catch")]),
    ],
    [
      "a finally without a completion",
      /region 0 is a finally region without a completion/,
      () => check([block(0, leave)], [{ ...region(0, 0, "finally"), completion: undefined }]),
    ],
    [
      "a handler that is not placed",
      /region 0 leads to block 5, which is not placed/,
      () => check([block(0, leave, 0)], [region(0, 5, "catch")]),
    ],
    [
      "a handler inside its own region",
      /region 0 protects its own handler, block 1/,
      () => check([block(0, goTo(1), 0), block(1, leave, 1)], [region(0, 1, "catch"), region(1, 0, "catch", 0)]),
    ],
  ];
  for (const [title, message, run] of broken) {
    it(`finds ${title}, and names the pass`, () => {
      expect(run).to.throw(InvariantError, message);
      expect(run).to.throw('internal fault in pass "the pass": ');
    });
  }

  it("lets a region whose blocks are gone lose its handler too", () => {
    const body: Body = bodyOf([block(0, leave)], [region(0, 5, "catch")]);
    expect(() => verify(body, "any")).not.to.throw();
  });
});
