import { expect } from "chai";
import * as api from "../../runtime/index.js";
import { collectUntil } from "../../runtime/testing/collect.js";
import { collect, settle } from "../runtime/support/collect.js";
import { compileScript } from "../runtime/support/compile.js";

const { programs, sums, catches } = compileScript("./inspect-programs.js", import.meta.url);

function open(): { lines: string[]; hangs(): any; reads(inner: unknown): any } {
  const lines: string[] = [];
  return { lines, ...programs({ log: (line: string) => lines.push(line), gate: new Promise(() => {}) }) };
}

describe("inspection", () => {
  afterEach(async () => {
    await api.shutdownAsyncGenerators({ interrupt: true, timeoutMs: 20 });
    api.resetAsyncGeneratorShutdown();
    api.configureAsyncGenerators({ captureCreationStack: false });
  });

  it("says what a generator waits for", async () => {
    const { hangs, reads } = open();
    const inner = hangs();
    const g = reads(inner);
    expect(api.inspectAsyncGenerator(g)).to.include({ name: "reads", state: "AGEN_CREATED", waitingFor: undefined });
    await g.next();
    void g.next();
    void g.next();
    await settle();
    const { awaited, ...rest } = api.inspectAsyncGenerator(g);
    expect(rest).to.include({ state: "AGEN_RUNNING", waitingFor: "an iterator", queuedRequests: 1 });
    expect(awaited).to.equal(inner);
    expect(api.inspectAsyncGenerator(inner).waitingFor).to.equal("an await");
  });

  it("shows the variables that live across a suspension, and none when it is closed", async () => {
    const g = sums(3);
    await g.next();
    await g.next();
    expect(api.getAsyncGeneratorLocals(g)).to.include({ limit: 3, sum: 3, n: 2 });
    await g.return();
    expect(api.getAsyncGeneratorLocals(g)).to.deep.equal({});
    expect(() => api.getAsyncGeneratorLocals(5)).to.throw(TypeError, "5 is not a compiled async generator");
  });

  it("shows with `debug` all that is bound, also what closures capture in each round", async () => {
    const { rounds } = compileScript("./inspect-programs.js", import.meta.url, { debug: true });
    const g = rounds();
    const { value: read } = await g.next();
    expect(api.getAsyncGeneratorLocals(g)).to.deep.equal({ n: 1, read });
    await g.next();
    await g.next();
    expect(api.getAsyncGeneratorLocals(g)).to.include({ later: "later", error: "later" });
  });

  it("lists what is open, with the place where it was created if asked to", async () => {
    api.configureAsyncGenerators({ captureCreationStack: true });
    const { hangs } = open();
    const idle = hangs();
    const waiting = hangs();
    await idle.next();
    await waiting.next();
    void waiting.next();
    expect(() => api.assertNoOpenAsyncGenerators()).to.throw(
      /^2 async generators are still open:\n\n1\. hangs .*: at a yield, .*\n.*\n {3}created\n[\s\S]*inspect\.test\.ts[\s\S]*\n2\. hangs .*: awaits a promise, /,
    );
  });

  it("is set up by names that there are: others change nothing", () => {
    const changes = { captureCreationStack: true, onErorr: () => {} };
    expect(() => api.configureAsyncGenerators(changes)).to.throw(
      TypeError,
      "unknown setting onErorr; the settings are: onError, onWarning, captureCreationStack, warnNeverAwaited",
    );
    expect(() => api.configureAsyncGenerators({ onWarning: 1 as never })).to.throw(TypeError, "callable onWarning");
    expect(api.inspectAsyncGenerator(open().hangs()).creationStack).to.equal(undefined);
  });

  it("warns of no step that was awaited after the warnings were switched off", async () => {
    const warnings: string[] = [];
    const onWarning = ({ message }: { message: string }) => void warnings.push(message);
    api.configureAsyncGenerators({ warnNeverAwaited: true, onWarning });
    await (async () => {
      const awaited = sums(1).aclose();
      sums(1).anext();
      api.configureAsyncGenerators({ warnNeverAwaited: false });
      await awaited;
    })();
    await collectUntil(() => warnings.length > 0);
    api.configureAsyncGenerators({ onWarning: undefined });
    expect(warnings).to.deep.equal(["coroutine method 'asend' of 'sums' was never awaited"]);
  });

  it("lists nothing that is over, whatever a return() still waits for", async () => {
    const closed = open().hangs();
    await closed.next();
    const answers = [closed.return(), closed.return(new Promise((resolve) => setTimeout(resolve, 20)))];
    await new Promise((resolve) => setTimeout(resolve, 5));
    api.assertNoOpenAsyncGenerators();
    await Promise.all(answers);
    const unstarted = sums(1);
    void unstarted.aclose();
    const answer = unstarted.return();
    api.assertNoOpenAsyncGenerators();
    await answer;
    expect(await api.shutdownAsyncGenerators()).to.deep.equal({ closed: 0, failures: [] });
  });

  it("interrupts at shutdown what was dropped while it waits for something that never comes", async () => {
    const { hangs, lines } = open();
    await (async () => {
      const g = hangs();
      await g.next();
      void g.next();
    })();
    await collect(undefined, 4);
    expect(lines).to.deep.equal([]);
    await api.shutdownAsyncGenerators({ interrupt: true });
    expect(lines).to.deep.equal(["finally"]);
  });

  it("closes what was dropped although an error that it caught remembers it", async () => {
    const lines: string[] = [];
    await (async () => {
      const g = catches((line: string) => lines.push(line));
      await g.next();
      await g.next();
    })();
    await collect(() => lines.length > 0, 20);
    expect(lines).to.deep.equal(["kept"]);
  });
});
