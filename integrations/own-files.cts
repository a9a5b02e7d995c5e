// The folder that this package's files are built into. CommonJS, because an ES module learns in another way where it is.

import path = require("node:path");

const ownFiles: string = path.join(__dirname, "../../../dist/").replaceAll("\\", "/");

export = ownFiles;
