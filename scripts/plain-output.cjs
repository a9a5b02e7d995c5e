"use strict";
// Tests read what other programs print. Whether these colour it must not depend on where the tests run: many do in CI.
// Mocha has chosen by now, so its own report has colours as before.

delete process.env.FORCE_COLOR;
process.env.NO_COLOR = "1";
