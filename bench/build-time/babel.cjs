/** `node babel.cjs <mode> <from> <to>`: Babel over a folder of JavaScript, with source maps. */

const { transformSync } = require("@babel/core");
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const [mode, from, to] = process.argv.slice(2);
const env = require.resolve("@babel/preset-env");
const modes = {
  // What this project's other comparisons use.
  ie11: { targets: { ie: 11 } },
  // The kindest choice: the last engine with async functions but without async generators.
  "async-generators": { targets: { chrome: 62 } },
};

mkdirSync(to, { recursive: true });
for (const name of readdirSync(from).filter((each) => each.endsWith(".js"))) {
  const { code, map } = transformSync(readFileSync(join(from, name), "utf8"), {
    filename: join(from, name),
    presets: [[env, { ...modes[mode], modules: false }]],
    babelrc: false,
    configFile: false,
    sourceMaps: true,
  });
  writeFileSync(join(to, name), `${code}\n//# sourceMappingURL=${name}.map\n`);
  writeFileSync(join(to, `${name}.map`), JSON.stringify(map));
}
