// One source, run natively and compiled: what users of async generators complain about.
exports.programs = ({ log, gate, get, signal }) => ({
  async *waits() {
    try {
      yield 1;
      await gate;
      yield 2;
    } finally {
      log("cleaned up");
    }
  },
  async *downloads(url) {
    try {
      yield "started";
      yield await get(url, signal());
    } finally {
      log(`cleaned up, aborted: ${signal().aborted}`);
    }
  },
});
