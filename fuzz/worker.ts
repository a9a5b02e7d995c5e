/** A process that judges every so many programs, or shrinks one. It tells which program it is at, in case that one ends it. */

import type { Driver } from "../test/support/drivers.js";
import { type Failure, type Judging, judge } from "./judge.js";
import { shrink } from "./shrink.js";
import { judgingOf, programOf, type Work } from "./work.js";

export type Message =
  | { readonly kind: "at"; readonly index: number }
  | { readonly kind: "failure"; readonly index: number; readonly failure: Failure }
  | { readonly kind: "invalid"; readonly index: number }
  | { readonly kind: "smaller"; readonly source: string; readonly driver: Driver; readonly text: string };

const post = (message: Message): void => void process.send!(message);

async function judgeRange(work: Work, judging: Judging, { from, to, step }: NonNullable<Work["range"]>): Promise<void> {
  for (let index = from; index < to; index += step) {
    post({ kind: "at", index });
    const { source, drivers } = await programOf(work, index);
    const result = await judge(source, drivers, judging);
    if (result === "invalid") post({ kind: "invalid", index });
    else if (result !== "same") post({ kind: "failure", index, failure: result });
  }
}

async function shrinkOne(work: Work, judging: Judging, { index, seconds }: NonNullable<Work["shrink"]>): Promise<void> {
  const { source, drivers } = await programOf(work, index);
  const first = await judge(source, drivers, judging);
  if (typeof first === "string") return;
  let last = first;
  const fails = async (candidate: string, driver: Driver): Promise<boolean> => {
    const result = await judge(candidate, [driver], judging);
    // A compiler that crashes must not shrink into one that miscompiles, nor the other way round.
    if (typeof result === "string" || result.compiler !== first.compiler || result.started !== first.started)
      return false;
    last = result;
    return true;
  };
  post({ kind: "smaller", source, driver: first.driver, text: first.text });
  await shrink(
    source,
    first.driver,
    fails,
    (smaller, driver) => post({ kind: "smaller", source: smaller, driver, text: last.text }),
    performance.now() + seconds * 1000,
  );
}

process.once("message", async (work: Work) => {
  const judging = await judgingOf(work);
  if (work.range) await judgeRange(work, judging, work.range);
  if (work.shrink) await shrinkOne(work, judging, work.shrink);
  process.disconnect();
});
