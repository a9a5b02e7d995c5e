// Generators for soak-program.ts.
exports.programs = ({ log, gate }) => ({
  async *owes() {
    try {
      yield 1;
    } finally {
      log();
    }
  },
  async *waits() {
    try {
      await gate;
      log();
      yield 1;
    } finally {
      log();
    }
  },
});
