/** The run panel: takes steps and shows what they did. */

import type { Explanation } from "../../transformer/index.js";
import type { Engine, Step } from "../protocol.js";
import { compareLogs, type Row } from "../run/compare.js";
import { cleanupsOf, currentStates } from "../run/position.js";
import type { Sandbox } from "../run/sandbox.js";
import { engines, Session } from "../run/session.js";
import { byId, element } from "./elements.js";

interface RunPanelOptions {
  readonly sandbox: Sandbox;
  /** The two programs, or why there are none. */
  readonly prepare: () => Promise<{ programs?: Readonly<Record<Engine, string>>; error?: string }>;
  /** Where the compiled generator stands: states to light up. */
  readonly moved: (states: readonly number[]) => void;
  /** The reader wants to see the states of the function with this step. */
  readonly show: (step: string) => void;
  /** The steps are others. */
  readonly stepped: () => void;
}

/** A loop may owe and run the same again and again. */
const shownCleanups = 8;

export class RunPanel {
  private readonly argument = byId<HTMLInputElement>("argument");
  private steps: Step[] = [];
  private session: Session | undefined;
  private runs = 0;
  private explanation: Explanation | undefined;
  private isDrawing = false;
  /** What the log shows. */
  private rows: readonly Row[] = [];

  constructor(private readonly options: RunPanelOptions) {
    for (const button of document.querySelectorAll<HTMLButtonElement>("[data-action]"))
      button.onclick = () => this.take(button.dataset["action"] as Step["action"]);
    this.argument.onkeydown = ({ key }) => {
      if (key === "Enter") this.take("next");
    };
    byId("again").onclick = () => void this.replay(this.steps);
    byId("clear").onclick = () => void this.replay([]);
  }

  get taken(): readonly Step[] {
    return this.steps;
  }

  /** The machine that the states are those of; undefined where the run is not of the function that is shown. */
  explain(explanation: Explanation | undefined): void {
    this.explanation = explanation;
    this.draw();
  }

  take(action: Step["action"]): void {
    const step = { action, argument: this.argument.value, atOnce: this.session?.isWaiting ?? false };
    this.argument.value = "";
    this.steps = [...this.steps, step];
    this.drawSteps();
    this.options.stepped();
    if (this.session) this.session.add(step);
    else void this.replay(this.steps);
  }

  /** Ends the run and begins another one with these steps. */
  async replay(steps: readonly Step[]): Promise<void> {
    const run = ++this.runs;
    this.steps = [...steps];
    this.session?.end();
    this.session = undefined;
    this.drawSteps();
    this.options.stepped();
    const { programs, error } = await this.options.prepare();
    if (run !== this.runs) return;
    if (!programs) return this.fail(error ?? "The program has errors.");
    const session = new Session(this.options.sandbox, programs, () => this.draw());
    this.session = session;
    for (const step of this.steps) session.add(step);
    await session.start();
    this.draw();
  }

  private fail(message: string): void {
    for (const id of ["queue", "locals", "cleanup"]) byId(id).replaceChildren();
    const event = { kind: "error", text: message } as const;
    this.drawLog([{ differs: false, native: event, compiled: event }]);
    byId("status").textContent = "cannot run";
    byId("status").dataset["status"] = "ended";
    this.options.moved([]);
  }

  /** At most once a frame: a program may log a lot. */
  private draw(): void {
    if (this.isDrawing) return;
    this.isDrawing = true;
    requestAnimationFrame(() => {
      this.isDrawing = false;
      if (this.session) this.drawSession(this.session);
    });
  }

  private drawSession(session: Session): void {
    const { native, compiled } = session.sides;
    const { snapshot } = compiled;
    const wait = snapshot.waitingFor === undefined ? "" : `, waiting for ${snapshot.waitingFor}`;
    byId("status").textContent = compiled.isDead
      ? "ended"
      : snapshot.status === "unknown"
        ? ""
        : `${snapshot.status}${wait}`;
    byId("status").dataset["status"] = compiled.isDead ? "ended" : snapshot.status;
    const queue = snapshot.queue.map((request, index) =>
      element("li", { className: index === 0 ? "served" : "" }, [
        request,
        element("small", {}, [index === 0 ? "served now" : "waits"]),
      ]),
    );
    fill("queue", queue, "no request waits");
    const locals = snapshot.locals.flatMap(({ name, value }) => [
      element("dt", {}, [name]),
      element("dd", {}, [value]),
    ]);
    fill("locals", locals, snapshot.status === "closed" ? "let go of" : "none yet");
    // Only where the generator that runs is one of the function that is shown.
    const explanation = snapshot.step === this.explanation?.step ? this.explanation : undefined;
    const cleanups = explanation ? cleanupsOf(explanation, compiled).slice(-shownCleanups) : [];
    fill(
      "cleanup",
      cleanups.map(({ region, kind }) =>
        element("li", { className: kind.replace(" ", "-") }, [
          `${region.owner === "try" ? "finally" : region.owner}, line ${region.source.line}`,
          element("small", {}, [kind]),
        ]),
      ),
      explanation || !snapshot.step ? "nothing owed" : this.offer(snapshot.name, snapshot.step),
    );
    this.drawLog(compareLogs(native.log, compiled.log));
    this.options.moved(explanation && !compiled.isDead ? currentStates(explanation, compiled) : []);
  }

  /** The generator that runs is one of another function. */
  private offer(name: string | undefined, step: string): HTMLElement {
    const show = element("button", {}, [`show the states of ${name || "the function"}`]);
    show.onclick = () => this.options.show(step);
    return show;
  }

  /** Rows that are as they were stay: a reader may have selected some of them. */
  private drawLog(rows: readonly Row[]): void {
    const log = byId("log");
    const logs = log.closest(".logs")!;
    const follows = logs.scrollTop + logs.clientHeight >= logs.scrollHeight - 20;
    const isShown = (row: Row | undefined, index: number): boolean =>
      engines.every((engine) => row?.[engine] === this.rows[index]?.[engine]);
    let kept = 0;
    while (kept < rows.length && isShown(rows[kept], kept)) kept++;
    for (const each of [...log.children].slice(kept)) each.remove();
    log.append(...rows.slice(kept).map(logRow));
    this.rows = rows;
    if (follows) logs.scrollTop = logs.scrollHeight;
  }

  private drawSteps(): void {
    byId("taken").replaceChildren(
      ...this.steps.map(({ action, argument, atOnce }, index) => {
        const text = `${action}(${argument})`;
        const remove = element(
          "button",
          { title: `Without ${text}`, ariaLabel: `Take the steps again without ${text}` },
          ["×"],
        );
        remove.onclick = () => void this.replay(this.steps.filter((_, at) => at !== index));
        const hint = atOnce ? "Taken while the steps before it were waiting" : "";
        return element("li", { className: atOnce ? "at-once" : "", title: hint }, [text, remove]);
      }),
    );
  }
}

function fill(id: string, items: readonly HTMLElement[], none: string | HTMLElement): void {
  // A list of names with their values has both, even where it only says that there are none.
  const empty =
    id === "locals"
      ? [element("dt", { className: "none" }), element("dd", { className: "none" }, [none])]
      : [element("li", { className: "none" }, [none])];
  byId(id).replaceChildren(...(items.length > 0 ? items : empty));
}

function logRow(row: Row): HTMLElement {
  const cells = engines.map((engine) => {
    const event = row[engine];
    if (!event) return element("td", { className: "absent" }, ["—"]);
    return element("td", { className: event.kind }, [event.text]);
  });
  const line = element("tr", { className: row.differs ? "differs" : "" }, cells);
  if (row.differs) line.setAttribute("aria-label", "different");
  return line;
}
