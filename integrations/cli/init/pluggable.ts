/** Tools that take a plugin which aclose has, in configurations that `init` does not change. */

/** The name of the configuration, the plugin, and where in it that goes. */
export type Place = readonly [config: string, plugin: string, place: string];

export const serverless: Place = [
  "esbuild.config",
  "esbuild",
  "`plugins` of what the function in the file of `build.esbuild.configFile` returns, or with serverless-esbuild to the list in that of `custom.esbuild.plugins`",
];

/** The package that has Serverless bundle with webpack. */
const serverlessWebpack = "serverless-webpack";

const umi: Place = [
  ".umirc",
  "webpack",
  '`chainWebpack`: `chainWebpack: (config) => { config.plugin("aclose").use(aclose()); }`',
];

const ofModernWeb = (config: string): Place => [
  config,
  "rollup",
  '`plugins`, before the one for esbuild, as `fromRollup(aclose)()` with `fromRollup` from "@web/dev-server-rollup"',
];

/** They compile with a plugin of theirs for esbuild; else they serve what another tool has made. */
const modernWeb: Readonly<Record<string, Place>> = {
  wtr: ofModernWeb("web-test-runner.config"),
  "web-test-runner": ofModernWeb("web-test-runner.config"),
  wds: ofModernWeb("web-dev-server.config"),
  "web-dev-server": ofModernWeb("web-dev-server.config"),
};

/** As commands call it → the name of its configuration, the plugin, and where that goes. */
const always: Readonly<Record<string, Place>> = {
  tsup: ["tsup.config", "esbuild", "`esbuildPlugins`"],
  tsdown: ["tsdown.config", "rolldown", "`plugins`"],
  unbuild: ["build.config", "rollup", "`options.plugins`, first, in the hook `rollup:options`"],
  rslib: ["rslib.config", "rspack", "`tools.rspack.plugins`"],
  rsbuild: ["rsbuild.config", "rspack", "`tools.rspack.plugins`"],
  rspress: ["rspress.config", "rspack", "`builderConfig.tools.rspack.plugins`"],
  rstest: ["rstest.config", "rspack", "`tools.rspack.plugins`"],
  "vue-cli-service": [
    "vue.config",
    "webpack",
    "`configureWebpack.plugins`, with `parallel: false` beside `configureWebpack`",
  ],
  umi: umi,
  max: umi,
  astro: ["astro.config", "vite", "`vite.plugins`"],
  nuxt: [
    "nuxt.config",
    "vite",
    '`vite.plugins`, and for the server the one from "aclose/unplugin/rollup" to `nitro.rollupConfig.plugins`',
  ],
  "directus-extension": ["extension.config", "rollup", "`plugins`"],
  nitro: ["nitro.config", "rollup", "`rollupConfig.plugins`"],
  vinxi: ["app.config", "vite", "`vite.plugins`"],
  "electron-vite": ["electron.vite.config", "vite", "`plugins` of `main`, `preload` and `renderer`"],
  farm: ["farm.config", "vite", "`vitePlugins`"],
  waku: ["waku.config", "vite", "`vite.plugins`"],
  quasar: ["quasar.config", "vite", "`build.vitePlugins`"],
  wxt: ["wxt.config", "vite", "the `plugins` that `vite` returns"],
  vitepress: [".vitepress/config", "vite", "`vite.plugins`"],
  docusaurus: [
    "docusaurus.config",
    "webpack",
    '`plugins` that `configureWebpack` of a plugin returns: `plugins: [() => ({ name: "aclose", configureWebpack: () => ({ plugins: [aclose()] }) })]`',
  ],
  // Version 4 bundles by itself.
  serverless: serverless,
  sls: serverless,
  "@nx/esbuild:esbuild": ["esbuild.config", "esbuild", "`plugins` in the file that `esbuildConfig` names"],
  "@nx/rollup:rollup": ["rollup.config", "rollup", "`plugins`, first, in the file that `rollupConfig` names"],
};

/** What makes a tool compile that else does not → as commands call it. */
const withPackage: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  "@web/dev-server-esbuild": modernWeb,
  "karma-webpack": { karma: ["karma.conf", "webpack", "`webpack.plugins`"] },
};

export function pluggableIn(packages: Readonly<Record<string, string>>): Readonly<Record<string, Place>> {
  const found = Object.entries(withPackage).flatMap(([name, tools]) => (name in packages ? [tools] : []));
  const all = Object.entries<Place>(Object.assign({}, always, ...found));
  // Its own configuration of webpack is all that compiles then.
  return Object.fromEntries(all.filter(([, place]) => !(place === serverless && serverlessWebpack in packages)));
}
