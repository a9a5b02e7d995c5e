/** What `aclose init` and `aclose doctor` say of installations, and of what these run. */

import { join } from "node:path";
import { expect } from "chai";
import { inspect } from "../../integrations/cli/init/project.js";
import { told } from "./told.js";

describe("what init and doctor say of installations", () => {
  it("Yarn 1 runs prepare for the whole, and not for its packages", async () => {
    const files = { "tsconfig.json": "{}", "lib/package.json": '{ "scripts": { "build": "tsc" } }', "yarn.lock": "" };
    const { folder: whole } = await told(["tsc"], [], files);
    const runs = (folder: string): boolean => inspect(folder).runsPrepare;
    expect([runs(whole), runs(join(whole, "lib"))]).to.deep.equal([true, false]);
  });

  it("ts-patch that is asked for and not there needs an installation, which init would not begin again", async () => {
    const files = { "tsconfig.json": '{ "compilerOptions": { "plugins": [{ "transform": "aclose/transformer" }] } }' };
    const found = async (packages: string[]) => (await told(["tsc"], packages, files)).findings.join();
    expect(await found(["ts-patch"])).to.contain(
      "ts-patch is not installed, so tsc does not see plugins: run `npm install`.",
    );
    expect(await found([])).to.contain("run `npx aclose init`.");
  });

  it("an installation that runs no scripts: tspc needs none", async () => {
    for (const [name, text] of Object.entries({
      ".npmrc": "ignore-scripts=true\n",
      ".yarnrc": '"ignore-scripts" true\n',
      "pnpm-workspace.yaml": "packages:\n  - a\nignoreScripts: true\n",
    })) {
      const { texts } = await told(["tsc"], [], { "tsconfig.json": "{}", [name]: text });
      expect(JSON.parse(texts.get("package.json")!).scripts, name).to.deep.equal({ s0: "tspc" });
    }
    const { texts } = await told(["tsc"], [], { "tsconfig.json": "{}", ".npmrc": "ignore-scripts=false\n" });
    expect(JSON.parse(texts.get("package.json")!).scripts.prepare).to.equal("ts-patch install -s");
  });
});
