/** What `aclose init` puts into configurations of bundlers and of Jest. */

import { expect } from "chai";
import {
  withBabelPlugin,
  withJestTransform,
  withPlugin,
  withTsLoader,
} from "../../integrations/cli/init/config-source.js";
import { liveText } from "../../integrations/cli/init/config-values.js";
import { told } from "./told.js";

describe("what init does to a configuration", () => {
  const link = 'import aclose from "aclose/unplugin/vite";\n';
  const forms: Record<string, [before: string, after: string]> = {
    "defineConfig, with plugins": [
      'import { defineConfig } from "vite";\nexport default defineConfig({ plugins: [vue()] });\n',
      `${link}import { defineConfig } from "vite";\nexport default defineConfig({ plugins: [aclose(), vue()] });\n`,
    ],
    "a plugin to a line": [
      "export default {\n\tplugins: [\n\t\tsveltekit(),\n\t],\n};\n",
      `${link}export default {\n\tplugins: [\n\t\taclose(),\n\t\tsveltekit(),\n\t],\n};\n`,
    ],
    "a function in TypeScript": [
      'import { type UserConfig, defineConfig } from "vite";\nexport default defineConfig(({ mode }): UserConfig => {\n  const plugins = [mode];\n  return { root: "." };\n});\n',
      `${link}import { type UserConfig, defineConfig } from "vite";\nexport default defineConfig(({ mode }): UserConfig => {\n  const plugins = [mode];\n  return { plugins: [aclose()], root: "." };\n});\n`,
    ],
    "a named function": [
      "export default function config() {\n  return {};\n}\n",
      `${link}export default function config() {\n  return {\n  plugins: [aclose()],\n};\n}\n`,
    ],
    "a constant whose type is in a comment, which stays in front of it": [
      '// Ours.\n\n/** @type {import("vite").UserConfig} */\nexport default {\n  base: "/",\n};\n',
      `// Ours.\n\n${link}/** @type {import("vite").UserConfig} */\nexport default {\n  plugins: [aclose()],\n  base: "/",\n};\n`,
    ],
    "casts, and a function under a name": [
      "function config() {\n  return <UserConfig>{ plugins: [vue()]! };\n}\nexport default config;\n",
      `${link}function config() {\n  return <UserConfig>{ plugins: [aclose(), vue()]! };\n}\nexport default config;\n`,
    ],
    satisfies: [
      'import type { UserConfig } from "vite";\nconst config = { plugins: [] } satisfies UserConfig;\nexport default config;\n',
      `${link}import type { UserConfig } from "vite";\nconst config = { plugins: [aclose()] } satisfies UserConfig;\nexport default config;\n`,
    ],
  };
  for (const [name, [before, after]] of Object.entries(forms))
    it(`Vite: ${name}`, () => expect(withPlugin(before, "vite", true)).to.equal(after));

  it("all that it may be: by conditions, in a list, under one name", () => {
    const before = `export default defineConfig(({ command }) => {
  const plugins = () => { return 1; };
  if (command === "serve") {
    return {
      plugins: [vue()] as PluginOption[],
    };
  } else {
    return {
      base: "/",
    };
  }
});
`;
    const after = before
      .replace("[vue()]", "[aclose(), vue()]")
      .replace("  base", "  plugins: [aclose()],\n      base");
    expect(withPlugin(before, "vite", true)).to.equal(link + after);
    const windows = (text: string): string => text.replaceAll("\n", "\r\n");
    expect(withPlugin(windows(before), "vite", true)).to.equal(windows(link + after));
    const list = "const a = { plugins: [] };\nexport default [a, { input: 2 }, dev ? a : { input: 3 }];\n";
    expect(withPlugin(list, "vite", true)).to.equal(
      `${link}const a = { plugins: [aclose()] };\nexport default [a, { plugins: [aclose()], input: 2 }, dev ? a : { plugins: [aclose()], input: 3 }];\n`,
    );
  });

  it("what is merged, spread and filtered", () => {
    const shared = "const plugins = [vue()];\nconst server = { port: 1 };\n";
    for (const [before, after] of [
      [
        "mergeConfig(base, defineConfig({ test: {} }))",
        "mergeConfig(base, defineConfig({ plugins: [aclose()], test: {} }))",
      ],
      [
        "{ plugins: [vue(), dev && debug()].filter(Boolean) }",
        "{ plugins: [aclose(), vue(), dev && debug()].filter(Boolean) }",
      ],
      ["{ plugins: [[vue()], more].flat() }", "{ plugins: [aclose(), [vue()], more].flat() }"],
      ["{ plugins: dev ? [] : [vue()] }", "{ plugins: dev ? [aclose()] : [aclose(), vue()] }"],
      ["{ ...server, ...(dev && { base: 1 }) }", "{ plugins: [aclose()], ...server, ...(dev && { base: 1 }) }"],
    ])
      expect(withPlugin(`${shared}export default ${before};\n`, "vite", true), before).to.equal(
        `${link}${shared}export default ${after};\n`,
      );
    const own = `${shared}export default dev ? { plugins } : { plugins, base: 1 };\n`;
    expect(withPlugin(own, "vite", true)).to.equal(link + own.replace("[vue()]", "[aclose(), vue()]"));
    expect(withJestTransform("module.exports = { ...base, testTimeout: 1 };\n")).to.equal(undefined);
  });

  it("a default export under a name, and in CommonJS", () => {
    for (const [before, isModule] of [
      ["let config = { plugins: [] };\nexport { config as default };\n", true],
      ["exports.default = { plugins: [] };\n", false],
    ] as const)
      expect(withPlugin(before, "vite", isModule), before).to.contain(before.replace("[]", "[aclose()]"));
  });

  it("an import that is there already, and only that", () => {
    for (const own of [
      'import aclose from "aclose/unplugin/vite";\n',
      'const $own = require("aclose/unplugin/vite").default;\n',
    ]) {
      const name = own.includes("$own") ? "$own" : "aclose";
      const before = `${own}export default { plugins: [/* ${name}(), */ vue()] };\n`;
      expect(liveText(before)).not.to.contain("aclose");
      const after = withPlugin(before, "vite", true)!;
      expect(after).to.equal(before.replace("[/*", `[${name}(), /*`));
      expect(liveText(after)).to.contain("aclose/unplugin/vite");
    }
    expect(liveText('// "aclose/loader"\nuse("aclose/loader");\n').trim()).to.equal('use("aclose/loader");');
  });

  it("CommonJS: a strict file stays strict", () => {
    const before =
      '"use strict";\nconst path = require("node:path");\nmodule.exports = { entry: path.resolve("a.js") };\n';
    expect(withPlugin(before, "webpack", false)).to.equal(
      '"use strict";\nconst aclose = require("aclose/unplugin/webpack").default;\nconst path = require("node:path");\nmodule.exports = { plugins: [aclose()], entry: path.resolve("a.js") };\n',
    );
  });

  it("nothing is guessed: plugins that are made elsewhere, one of several configurations, syntax errors", () => {
    for (const text of [
      "export default { plugins: makePlugins() };",
      "export default { plugins };",
      "export default [{ input: 1 }, second];",
      "export default ({ mode }) => { if (mode) return {}; return make(mode); };",
      "export default () => { try { return {}; } catch { return; } };",
      "export default withOther(base, { silent: true });",
      "export default mergeConfig(base, other);",
      "export default { ...base };",
      "const base = { plugins: [] };\nexport default { ...base };",
      "export default { plugins: names.map(make) };",
      "let plugins = [];\nif (dev) plugins = make();\nexport default { plugins };",
      "export default Object.assign({}, base, { plugins: [] });",
      "export default {",
    ])
      expect(withPlugin(text, "rollup", true), text).to.equal(undefined);
  });

  it("plugins that are put in place of those of the object", () => {
    for (const [replacement, isKnown] of [
      ["config.plugins = [vue()];", false],
      ['if (mode) config["plugins"] = list;', false],
      ["config.plugins = [...config.plugins, vue()];", true],
      ["config.plugins.push(vue());", true],
      ["config.plugins ??= [];", true],
    ] as const) {
      const text = `const config = { plugins: [] };\n${replacement}\nexport default config;\n`;
      expect(withPlugin(text, "vite", true) !== undefined, replacement).to.equal(isKnown);
    }
  });

  it("ts-loader by its name alone, and with options", () => {
    const rule = (use: string) => `module.exports = { module: { rules: [{ test: /\\.ts$/, ${use} }] } };\n`;
    const option = 'getCustomTransformers: require.resolve("aclose/ts-loader")';
    expect(withTsLoader(rule('use: "ts-loader"'), false)).to.equal(
      rule(`use: { loader: "ts-loader", options: { ${option} } }`),
    );
    expect(withTsLoader(rule('loader: "ts-loader"'), false)).to.equal(
      rule(`loader: "ts-loader", options: { ${option} }`),
    );
    expect(withTsLoader(rule('use: [{ loader: "ts-loader", options: { transpileOnly: true } }]'), false)).to.equal(
      rule(`use: [{ loader: "ts-loader", options: { ${option}, transpileOnly: true } }]`),
    );
  });

  it("ts-loader with transformers of its own: a second key of that name would lose one of the two", () => {
    const own = "getCustomTransformers: () => ({ before: [mine] })";
    const rule = `{ loader: "ts-loader", options: { transpileOnly: true, ${own} } }`;
    expect(withTsLoader(`module.exports = { module: { rules: [${rule}] } };`, false)).to.equal(undefined);
  });

  it("Babel: an object, what a function returns, a list that is there; nothing is guessed", () => {
    const entry = '"module:aclose/babel"';
    const object = 'module.exports = {\n  presets: ["babel-preset-expo"],\n};\n';
    expect(withBabelPlugin(object)).to.equal(object.replace("{\n", `{\n  plugins: [${entry}],\n`));
    const called = "module.exports = function (api) {\n  api.cache(true);\n  return { plugins: ['a'] };\n};\n";
    expect(withBabelPlugin(called)).to.equal(called.replace("['a'", `[${entry}, 'a'`));
    const made = "module.exports = (api) => {\n  const plugins = [];\n  return { plugins };\n};\n";
    expect(withBabelPlugin(made)).to.equal(made.replace("[]", `[${entry}]`));
  });

  it("Jest: what ts-jest config:init writes, a transform, a preset", () => {
    const generated = (call: string) =>
      `const { createDefaultPreset } = require("ts-jest");\n\nconst tsJestTransformCfg = createDefaultPreset(${call}).transform;\n\n/** @type {import("jest").Config} **/\nmodule.exports = {\n  testEnvironment: "node",\n  transform: {\n    ...tsJestTransformCfg,\n  },\n};\n`;
    const option = '{ astTransformers: { before: ["aclose/ts-jest"] } }';
    expect(withJestTransform(generated(""))).to.equal(generated(option));
    expect(withJestTransform('export default { transform: { "^.+\\\\.ts$": ["ts-jest", {}] } };')).to.equal(
      'export default { transform: { "^.+\\\\.ts$": ["ts-jest", {\n  astTransformers: { before: ["aclose/ts-jest"] },\n}] } };',
    );
    expect(
      withJestTransform(
        'import type { Config } from "jest";\nconst c: Config = { preset: "ts-jest" };\nexport default c;',
      ),
    ).to.contain(
      'const c: Config = { transform: { "^.+\\\\.tsx?$": ["ts-jest",{"astTransformers":{"before":["aclose/ts-jest"]}}] }, preset: "ts-jest" };',
    );
  });

  it("Jest: in place of a preset of ts-jest's, for the same files and with the same options", () => {
    const config = (preset: string, more = "") => `export default {${more} preset: "ts-jest/presets/${preset}" };\n`;
    for (const [preset, pattern, options] of [
      ["default-esm", "^.+\\\\.m?tsx?$", '"useESM":true,'],
      ["js-with-ts", "^.+\\\\.[tj]sx?$", ""],
      ["js-with-ts-esm-legacy", "^.+\\\\.m?[tj]sx?$", '"useESM":true,'],
      ["default", "^.+\\\\.tsx?$", ""],
    ] as const) {
      const entry = `["ts-jest",{${options}"astTransformers":{"before":["aclose/ts-jest"]}}]`;
      expect(withJestTransform(config(preset))).to.equal(config(preset, ` transform: { "${pattern}": ${entry} },`));
    }
  });

  it("Jest: several projects, which take nothing from the whole", async () => {
    const files = { "jest.config.js": 'export default { projects: ["<rootDir>/packages/*"] };\n' };
    const cases = [await told(["jest"], ["ts-jest"], files)];
    cases.push(await told(["jest"], ["ts-jest"], {}, { jest: { projects: ["<rootDir>/packages/*"] } }));
    for (const { changed, advice, findings } of cases) {
      expect(changed).to.deep.equal([]);
      expect(advice.join()).to.match(/^(?:jest\.config\.js|package\.json) has projects, which take no "transform"/);
      expect(findings.join()).to.match(/^note: .* has projects: ts-jest needs the transformer in each/);
    }
  });

  it("tsc: what a configuration has from another one is in that alone", async () => {
    const scripts = ["tsc -p tsconfig.build.json"];
    const own = (plugins: string) => ({
      "tsconfig.json": "{}",
      "tsconfig.build.json": `{ "extends": "./tsconfig.json"${plugins} }`,
    });
    expect((await told(scripts, [], own(""))).changed).to.deep.equal(["package.json", "tsconfig.json"]);
    const others = own(', "compilerOptions": { "plugins": [{ "transform": "other" }] }');
    expect((await told(scripts, [], others)).changed).to.deep.equal([
      "package.json",
      "tsconfig.build.json",
      "tsconfig.json",
    ]);
  });
});
