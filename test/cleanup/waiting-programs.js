// A generator for leaks.test.ts.
exports.wait = async function* wait(value) {
  yield await value;
};
