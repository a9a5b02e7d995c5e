/** What inspection says of a generator, compared with what its body has told the world. */

import type { Api } from "./copies.js";
import type { World } from "./world.js";

/** The variables that every body has. */
interface Locals {
  readonly me?: string;
  readonly top?: number;
}

export function judgeInspection(world: World, api: Api, generator: unknown): void {
  const { name, state, activity, position } = api.inspectAsyncGenerator(generator);
  const { me, top } = api.getAsyncGeneratorLocals(generator) as Locals;
  const said = `${name} is ${state}, ${activity}, with me = ${me} and top = ${top}`;
  const claim = (holds: boolean, what: string): void => {
    if (!holds) world.faults.push(`inspection: ${said}: ${what}`);
  };
  if (state === "AGEN_CREATED") return claim(me === undefined && activity === "created", "it has not begun");
  if (state === "AGEN_CLOSED") return claim(activity === "closed", "it is closed");
  claim((state === "AGEN_SUSPENDED") === (activity === "yielded"), "it is suspended where it has yielded");
  // The body may be about to begin, or have ended with others still to answer.
  if (me === undefined) return claim(state === "AGEN_RUNNING", "it has variables");
  claim(me.startsWith(`${name}#`), "it is another's name");
  if (top === undefined) return claim(state === "AGEN_RUNNING", "it has left nothing yet");
  const entered = world.tries.get(top);
  claim(entered?.label === `${me}/top`, `that is of ${entered?.label}`);
  if (state === "AGEN_SUSPENDED") claim(entered?.left === 0, "it has left all");
  const place = world.places.get(me);
  // What closes goes on from there without a word.
  if (place === undefined || position === undefined || activity === "closing") return;
  const line = textOf(world, name)[position.line - 1];
  claim(line?.includes(`W.at(me, ${place},`) === true, `it stands at ${place}, not in line ${position.line}: ${line}`);
}

const textOf = ({ texts }: World, name: string): string[] =>
  (texts.find((text) => text.includes(`function* ${name}(`)) ?? "").split("\n");
