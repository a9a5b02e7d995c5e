// Generators for the test beside it. `world` offers `enter`, `leave` and a promise that is never settled.
exports.programs = ({ enter, leave, never }) => {
  async function* items(hangs) {
    enter("items");
    try {
      yield 1;
      yield 2;
      if (hangs) await never;
    } finally {
      leave("items");
      await 0;
    }
  }
  async function* tells(before) {
    enter("tells");
    try {
      before?.("first item");
      yield 1;
      before?.("second item");
      await never;
    } finally {
      leave("tells");
    }
  }
  async function* loops(inner) {
    enter("loops");
    try {
      for await (const x of inner) yield x;
      await never;
    } finally {
      leave("loops");
    }
  }
  async function* delegates(inner) {
    enter("delegates");
    try {
      yield* inner;
      await never;
    } finally {
      leave("delegates");
    }
  }
  return {
    async *waits() {
      enter("waits");
      try {
        await 0;
        yield 1;
        await 0;
        yield 2;
        await never;
      } finally {
        leave("waits");
      }
    },
    async *yieldsFirst() {
      enter("yieldsFirst");
      try {
        yield 1;
        yield { then: (resolve) => resolve(2) };
        yield Promise.resolve(3);
        await never;
      } finally {
        leave("yieldsFirst");
        await 0;
      }
    },
    async *yieldsWhatNeverComes() {
      enter("yieldsWhatNeverComes");
      try {
        for await (const x of items(false)) yield x === 1 ? x : never;
      } finally {
        leave("yieldsWhatNeverComes");
      }
    },
    async *takesWithoutYielding() {
      enter("takesWithoutYielding");
      try {
        for await (const _ of items(true));
      } finally {
        leave("takesWithoutYielding");
      }
    },
    async *disposes() {
      enter("disposes");
      await using _ = { [Symbol.asyncDispose]: async () => leave("disposes") };
      for await (const x of items(false)) yield x;
      await never;
    },
    async *twoLoops() {
      enter("twoLoops");
      try {
        for await (const x of items(false)) yield x;
        yield* items(true);
      } finally {
        leave("twoLoops");
      }
    },
    loops: () => loops(items(false)),
    loopsOverWhatHangs: () => loops(items(true)),
    delegates: () => delegates(items(false)),
    delegatesToWhatHangs: () => delegates(items(true)),
    loopsOverDelegation: () => loops(delegates(items(true))),
    loopsOverWhatTells: (before) => loops(tells(before)),
    delegatesToWhatTells: (before) => delegates(tells(before)),
    delegatesToLoop: () => delegates(loops(items(false))),
  };
};
