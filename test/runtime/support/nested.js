// One source, run natively and compiled: generators that read and delegate to each other, as a random script says.
exports.make = (world) => {
  const describe = (value) => world.describe(value);
  async function* play(ops, depth) {
    try {
      for (const op of ops.body) {
        if (op.op === "yield") {
          const sent = yield world.value(op.value, op.id);
          world.write(`${op.id} got ${describe(sent)}`);
        } else if (op.op === "await") {
          const value = await world.value(op.value, op.id);
          world.write(`${op.id} is ${describe(value)}`);
        } else if (op.op === "return") return world.value(op.value, op.id);
        else if (op.op === "throw") throw world.value(op.value, op.id);
        else if (op.op === "delegate") {
          const result = yield* play(op.inner, depth + 1);
          world.write(`${op.id} gave ${describe(result)}`);
        } else {
          let left = op.take;
          for await (const item of play(op.inner, depth + 1)) {
            world.write(`${op.id} item ${describe(item)}`);
            if (op.pass) yield item;
            if (--left === 0) break;
          }
          world.write(`${op.id} loop over`);
        }
      }
    } catch (error) {
      world.write(`${depth} caught ${describe(error)}`);
      if (!ops.swallows) throw error;
      yield `${depth} recovered`;
    } finally {
      world.write(`${depth} finally`);
      if (ops.awaitsAtEnd) {
        await null;
        world.write(`${depth} finally-2`);
      }
      if (ops.yieldsAtEnd) yield `${depth} last`;
    }
  }
  return play;
};
