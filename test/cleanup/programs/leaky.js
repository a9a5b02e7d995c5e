// Programs that leak, each in its way: the harness has to find it.
exports.programs = ({ tick }) => ({
  async *closesOnlyAtTheEnd(resources) {
    const file = resources.open("file");
    yield 1;
    file.close();
  },
  async *closesBehindAnAwait(resources) {
    const file = resources.open("file");
    try {
      yield 1;
    } finally {
      await tick();
      file.close();
    }
  },
  async *awaitsBeforeItsTry(resources) {
    const file = resources.open("file");
    await null;
    try {
      yield 1;
    } finally {
      file.close();
    }
  },
  async *failsAtOnce(resources) {
    resources.open("file");
    throw new Error("at once");
  },
  async *hangsForEver(resources) {
    const file = resources.open("file");
    try {
      await new Promise(() => {});
    } finally {
      file.close();
    }
  },
});
