"use strict";
// Mocha's own report, and the closing line that CI reads.

const Mocha = require("mocha");

class Reporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once("end", () => {
      // After Spec's own summary, which listens for the same event.
      const { passes, failures, pending } = this.stats;
      process.on("exit", () =>
        console.log(`${passes} passed, ${failures} failed${pending ? `, ${pending} skipped` : ""}`),
      );
    });
  }
}

module.exports = Reporter;
