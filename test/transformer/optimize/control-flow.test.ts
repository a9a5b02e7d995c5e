import { expect } from "chai";
import type { BasicBlock, ProtectedRegion, Terminator } from "../../../transformer/ir/ir.js";
import { printBody } from "../../../transformer/ir/printer.js";
import { verify } from "../../../transformer/ir/verifier.js";
import { simplifyControlFlow } from "../../../transformer/optimize/control-flow.js";
import { block, bodyOf, region, suspend, temporary } from "../ir/bodies.js";

const goTo = (target: number): Terminator => ({ kind: "goto", target: target as never });
const branch = (consequent: number, alternate: number): Terminator => ({
  kind: "branch",
  test: { kind: "exhausted" },
  consequent: consequent as never,
  alternate: alternate as never,
});
const leave: Terminator = { kind: "return" };
const resumed: Terminator = { kind: "return", value: { kind: "resumption" } };
const work = { kind: "assign", target: temporary("t"), value: { kind: "resumption" } } as const;

/** The blocks that are left, without the instructions that are the same everywhere. */
function simplify(blocks: readonly BasicBlock[], regions: readonly ProtectedRegion[] = []): string[] {
  const body = bodyOf(blocks, regions);
  verify(body, "the test");
  const simple = simplifyControlFlow(body);
  verify(simple, "simplify control flow");
  return printBody(simple)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("region"))
    .map((line) => line.trim());
}

describe("control flow is simplified:", () => {
  it("a block joins its only predecessor in front of it", () => {
    expect(
      simplify([block(0, goTo(1), undefined, [work]), block(1, suspend(2), undefined, [work]), block(2, leave)]),
    ).to.deep.equal(["b0", "%t = resumption", "%t = resumption", "await resumption resume b1", "b1", "return"]);
  });

  it("jumps go through empty blocks to their end, also in a long row", () => {
    const row = Array.from({ length: 1000 }, (_, index) => block(index + 2, goTo(index + 3)));
    expect(simplify([block(0, branch(2, 1)), block(1, suspend(2)), ...row, block(1002, leave)])).to.deep.equal([
      "b0",
      "if exhausted goto b2 else b1",
      "b1",
      "await resumption resume b2",
      "b2",
      "return",
    ]);
  });

  it("an empty endless loop stays one", () => {
    expect(simplify([block(0, goTo(1)), block(1, goTo(2)), block(2, goTo(1))])).to.deep.equal([
      "b0",
      "goto b1",
      "b1",
      "goto b1",
    ]);
  });

  it("what nothing leads to goes, but not a handler", () => {
    const blocks = [
      block(0, goTo(1)),
      block(1, suspend(2), 0),
      block(2, leave, 0),
      block(3, leave, undefined, [work]),
      block(4, suspend(4)),
    ];
    expect(simplify(blocks, [region(0, 3, "finally")])).to.deep.equal([
      "b0",
      "goto b1",
      "b1 in region 0",
      "await resumption resume b2",
      "b2 in region 0",
      "return",
      "b3",
      "%t = resumption",
      "return",
    ]);
  });

  it("a suspension resumes in the region that it left, even through an empty block", () => {
    const blocks = [
      block(0, goTo(1)),
      block(1, suspend(2), 0),
      block(2, goTo(3), 0),
      block(3, leave, undefined, [work]),
      block(4, leave),
    ];
    expect(simplify(blocks, [region(0, 4, "catch")]).join(" ")).to.contain(
      "b1 in region 0 await resumption resume b2 b2 in region 0 goto b3",
    );
  });

  it("blocks of different regions stay apart", () => {
    const blocks = [
      block(0, goTo(1), undefined, [work]),
      block(1, goTo(2), 0, [work]),
      block(2, leave),
      block(3, leave, undefined, [work]),
    ];
    expect(simplify(blocks, [region(0, 3, "catch")]).filter((line) => /^b\d/.test(line))).to.deep.equal([
      "b0",
      "b1 in region 0",
      "b2",
      "b3",
    ]);
  });

  it("equal exits outside regions are shared, the last one stays", () => {
    const blocks = [
      block(0, branch(1, 2)),
      block(1, suspend(3)),
      block(2, suspend(4)),
      block(3, resumed),
      block(4, resumed),
    ];
    expect(simplify(blocks)).to.deep.equal([
      "b0",
      "if exhausted goto b1 else b2",
      "b1",
      "await resumption resume b3",
      "b2",
      "await resumption resume b3",
      "b3",
      "return resumption",
    ]);
  });

  it("the order of the source stays", () => {
    const blocks = [
      block(0, branch(2, 1)),
      block(1, suspend(3)),
      block(2, suspend(3), undefined, [work]),
      block(3, suspend(0)),
    ];
    expect(simplify(blocks).filter((line) => /^b\d/.test(line))).to.have.length(4);
  });
});
