// Loads Babel's parser, which TypeScript files do not need. CommonJS, because that must be synchronous.

import type parser = require("@babel/parser");

const load = (): typeof parser => require("@babel/parser");

export = load;
