import { type Activation, CompletionKind, Mode, Operation } from "../../../runtime/abi.js";
import { define, delegate } from "../../../runtime/runtime.js";
import type { Op, Script } from "./script.js";
import type { World } from "./world.js";

export type Maker = (script: Script, world: World, self: () => any) => any;

function reenter(world: World, self: () => any, id: number): void {
  self()
    .next(`reentrant ${id}`)
    .then(
      (result: any) => world.write(`reentrant ${id}: ${world.describe(result.value)} ${result.done}`),
      (error: unknown) => world.write(`reentrant ${id} failed: ${world.describe(error)}`),
    );
}

/** Runs the script in a native async generator. */
export const runNatively: Maker = async function* (script, world, self) {
  try {
    for (const op of script.body) {
      switch (op.op) {
        case "yield":
          world.write(`${op.id} got ${world.describe(yield world.value(op.value, op.id))}`);
          break;
        case "await":
          world.write(`${op.id} is ${world.describe(await world.value(op.value, op.id))}`);
          break;
        case "return":
          return world.value(op.value, op.id);
        case "leave":
          return;
        case "throw":
          throw world.value(op.value, op.id);
        case "reenter":
          reenter(world, self, op.id);
          break;
        case "delegate":
          world.write(`${op.id} gave ${world.describe(yield* world.iterable(op.to, op.id))}`);
      }
    }
  } catch (error) {
    world.write(`caught ${world.describe(error)}`);
    if (script.handler === undefined) throw error;
    for (const op of script.handler) {
      switch (op.op) {
        case "yield":
          world.write(`${op.id} got ${world.describe(yield world.value(op.value, op.id))}`);
          break;
        case "await":
          world.write(`${op.id} is ${world.describe(await world.value(op.value, op.id))}`);
          break;
        case "return":
          return world.value(op.value, op.id);
        case "leave":
          return;
        case "throw":
          throw world.value(op.value, op.id);
        case "reenter":
          reenter(world, self, op.id);
          break;
        case "delegate":
          world.write(`${op.id} gave ${world.describe(yield* world.iterable(op.to, op.id))}`);
      }
    }
  } finally {
    world.write("finally");
    for (const op of script.cleanup ?? []) {
      switch (op.op) {
        case "yield":
          world.write(`${op.id} got ${world.describe(yield world.value(op.value, op.id))}`);
          break;
        case "await":
          world.write(`${op.id} is ${world.describe(await world.value(op.value, op.id))}`);
          break;
        case "return":
          return world.value(op.value, op.id);
        case "leave":
          return;
        case "throw":
          throw world.value(op.value, op.id);
        case "reenter":
          reenter(world, self, op.id);
          break;
        case "delegate":
          world.write(`${op.id} gave ${world.describe(yield* world.iterable(op.to, op.id))}`);
      }
    }
  }
};

const Region = { Body: 0, Handler: 1, Cleanup: 2, End: 3 } as const;

class Variables {
  region: number = Region.Body;
  index = 0;
  /** The completion that `finally` saves. */
  kind: number = CompletionKind.Normal;
  completion: unknown = undefined;
  /** Whether the operation at `index` waits for its answer. */
  asked: "yield" | "await" | "return" | "delegate" | undefined = undefined;

  constructor(
    readonly script: Script,
    readonly world: World,
    readonly getSelf: () => any,
  ) {}
}

function opsOf(v: Variables): readonly Op[] {
  if (v.region === Region.Body) return v.script.body;
  return (v.region === Region.Handler ? v.script.handler : v.script.cleanup) ?? [];
}

/** Goes to the region that handles a completion; returns true when the body is left. */
function leave(v: Variables, kind: number, completion: unknown): void {
  v.asked = undefined;
  v.index = 0;
  if (v.region === Region.Body && kind === CompletionKind.Throw) {
    v.world.write(`caught ${v.world.describe(completion)}`);
    if (v.script.handler !== undefined) {
      v.region = Region.Handler;
      return;
    }
  }
  if (v.region === Region.Cleanup) v.region = Region.End;
  else {
    v.world.write("finally");
    v.region = Region.Cleanup;
  }
  v.kind = kind;
  v.completion = completion;
}

/** The answer to what was asked; true when the answer ends the region. */
function takeAnswer($: Activation, v: Variables): void {
  const asked = v.asked;
  v.asked = undefined;
  const op = opsOf(v)[v.index++] as Op;
  if ($.mode === Mode.Throw) leave(v, CompletionKind.Throw, $.value);
  else if ($.mode === Mode.Return || asked === "return") leave(v, CompletionKind.Return, $.value);
  else
    v.world.write(
      `${op.id} ${asked === "yield" ? "got" : asked === "await" ? "is" : "gave"} ${v.world.describe($.value)}`,
    );
}

function ask($: Activation, v: Variables, asked: Variables["asked"], operation: number, operand: unknown): unknown {
  v.asked = asked;
  $.op = operation;
  return operand;
}

function step($: Activation, v: Variables): unknown {
  if (v.asked !== undefined) takeAnswer($, v);
  else if ($.mode !== Mode.Next)
    leave(v, $.mode === Mode.Throw ? CompletionKind.Throw : CompletionKind.Return, $.value);
  for (;;) {
    if (v.region === Region.End) {
      if (v.kind === CompletionKind.Throw) throw v.completion;
      $.op = Operation.Return;
      return v.completion;
    }
    const ops = opsOf(v);
    if (v.index >= ops.length) {
      if (v.region === Region.Cleanup) v.region = Region.End;
      else leave(v, CompletionKind.Normal, undefined);
      continue;
    }
    const op = ops[v.index] as Op;
    switch (op.op) {
      case "yield":
        return ask($, v, "yield", Operation.Yield, v.world.value(op.value, op.id));
      case "await":
        return ask($, v, "await", Operation.Await, v.world.value(op.value, op.id));
      case "return":
        return ask($, v, "return", Operation.Await, v.world.value(op.value, op.id));
      case "delegate":
        try {
          return ask($, v, "delegate", Operation.Delegate, delegate($, v.world.iterable(op.to, op.id)));
        } catch (error) {
          leave(v, CompletionKind.Throw, error);
          break;
        }
      case "leave":
        leave(v, CompletionKind.Return, undefined);
        break;
      case "throw":
        leave(v, CompletionKind.Throw, v.world.value(op.value, op.id));
        break;
      case "reenter":
        reenter(v.world, v.getSelf, op.id);
        v.index++;
        break;
    }
  }
}

/** Runs the script as emitted code does. */
export const runCompiled: Maker = define(
  step,
  (definition) =>
    function script(script: Script, world: World, self: () => any) {
      return definition.create(new Variables(script, world, self));
    },
);
