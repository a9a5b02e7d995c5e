import { getEventListeners } from "node:events";
import { expect } from "chai";
import * as api from "../../../runtime/index.js";
import { closeWorld, world } from "../support/cleanup-world.js";
import { settle } from "../support/collect.js";

afterEach(closeWorld);

describe("bindSignal", () => {
  it("listens once to a signal for all that is bound to it, until the last of them has ended", async () => {
    const { make } = world();
    const { signal } = new AbortController();
    const listeners = () => getEventListeners(signal, "abort").length;
    const bound = [...Array(12)].map(() => api.bindSignal(make["simple"]!(), signal));
    expect(listeners()).to.equal(1);
    for (const g of bound.slice(1)) await g.return();
    expect(listeners()).to.equal(1);
    await bound[0]!.return();
    expect(listeners()).to.equal(0);
    const later = new AbortController();
    for (const g of bound.map(() => make["simple"]!())) {
      await g.next();
      bound.push(api.bindSignal(g, later.signal));
    }
    later.abort();
    await settle();
    expect(bound.map(api.getAsyncGeneratorState)).to.deep.equal(Array(24).fill("AGEN_CLOSED"));
    expect(getEventListeners(later.signal, "abort").length).to.equal(0);
  });
});
