// Loads Babel's parser, which a file without anything to compile does not need. CommonJS, because that must be synchronous.

import type parser = require("@babel/parser");

const load = (): typeof parser => require("@babel/parser");

export = load;
