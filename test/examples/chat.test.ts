import { expect } from "chai";
import { Example, type Log } from "./example.js";

/** What an engine's own generators do as well. */
const common: Log = {
  "two talk": ["Ada has joined | Grace has joined | Ada: Good morning! | Grace: Hello, Ada!"],
  "one reads slowly": ["Ada is done: no", "in order: yes", "at most 8 messages have waited for one member"],
};

describe("examples/chat", function () {
  this.timeout(120_000);
  const example = new Example("chat");
  let compiled: Log;
  let native: Log;

  before(async () => {
    await example.build();
    [compiled, native] = await Promise.all([example.start(), example.run("native")]);
  });

  it("notices who leaves, and says good-bye when it is stopped", () => {
    expect(compiled).to.deep.equal({
      ...common,
      "one leaves": ["Ada hears that: yes", "members: Ada"],
      "one breaks off in the middle of a message": [
        "Ada hears that: yes",
        "Grace: Listen: | Grace has left",
        "members: Ada",
      ],
      SIGTERM: [
        "Edsger's connection: 1001 Come back soon",
        "Barbara's connection: 1001 Come back soon",
        "server: Edsger has left, Barbara has left",
        "server: ended by SIGTERM",
      ],
    });
  });

  it("keeps ghosts natively, and drops everybody when it is stopped", () => {
    expect(native).to.deep.equal({
      ...common,
      "one leaves": ["Ada hears that: NO", "members: Ada, Grace"],
      "one breaks off in the middle of a message": ["Ada hears that: NO", "Grace: Listen:", "members: Ada, Grace"],
      SIGTERM: [
        "Edsger's connection: 1006",
        "Barbara's connection: 1006",
        "server: NOTHING",
        "server: ended by SIGTERM",
      ],
    });
  });
});
