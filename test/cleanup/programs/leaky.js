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
});
