/** Hosts that imitate Node, and not all of it. */

import { AsyncResource } from "node:async_hooks";
import { expect } from "chai";
import { createNodeHost } from "../../runtime/node/create-host.js";

describe("a host that imitates Node", () => {
  it("needs no options of AsyncResource: Cloudflare's Workers throw for them", () => {
    class Limited extends AsyncResource {
      constructor(type: string, options: object) {
        if ("triggerAsyncId" in options) throw new Error("The 'triggerAsyncId' field on 'Options' is not implemented.");
        super(type, options);
      }
    }
    const { getBuiltinModule } = process;
    process.getBuiltinModule = ((name: string) => ({
      ...getBuiltinModule(name),
      AsyncResource: Limited,
    })) as typeof getBuiltinModule;
    try {
      expect(
        createNodeHost()
          ?.captureContext()
          ?.runInAsyncScope(() => 1),
      ).to.equal(1);
    } finally {
      process.getBuiltinModule = getBuiltinModule;
    }
  });
});
