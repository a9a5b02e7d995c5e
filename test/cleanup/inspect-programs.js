// Generators for inspect.test.ts.
exports.programs = ({ log, gate }) => ({
  async *hangs() {
    try {
      yield 1;
      await gate;
    } finally {
      log("finally");
    }
  },
  async *reads(inner) {
    for await (const item of inner) yield item;
  },
});

// Not in a closure: its variables are in its core.
exports.sums = async function* sums(limit) {
  let sum = 0;
  for (let n = 1; n <= limit; n++) {
    sum += n;
    yield sum;
  }
};

exports.catches = async function* catches(log) {
  try {
    yield 1;
    throw new Error("kept");
  } catch (error) {
    try {
      yield 2;
    } finally {
      log(error.message);
    }
  }
};

exports.rounds = async function* rounds() {
  for (const n of [1, 2]) {
    const read = () => n;
    yield read;
  }
  const later = "later";
  try {
    throw later;
  } catch (error) {
    yield error;
  }
};
