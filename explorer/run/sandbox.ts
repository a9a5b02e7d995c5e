/** The page's end of the sandbox: workers that run programs, each replaceable and each under watch. */

import type { RunnerAnswer, RunnerRequest } from "../protocol.js";

/** How long a turn may take before it counts as an endless loop. */
const patience = 4000;

export interface Runner {
  send(request: RunnerRequest): void;
  end(): void;
}

export class Sandbox {
  private readonly frame = document.createElement("iframe");
  private readonly listeners = new Map<number, (answer: RunnerAnswer) => void>();
  private readonly failures = new Map<number, (message: string) => void>();
  private readonly ready: Promise<string>;
  private count = 0;

  constructor(parent: HTMLElement) {
    this.frame.setAttribute("sandbox", "allow-scripts");
    this.frame.hidden = true;
    this.frame.title = "Sandbox of the run panel";
    this.frame.src = "sandbox.html";
    const loaded = new Promise<void>((resolve) => {
      addEventListener("message", ({ source, data }) => {
        if (source !== this.frame.contentWindow) return;
        if (data.kind === "sandbox ready") resolve();
        else if (data.failure !== undefined) this.failures.get(data.id)?.(data.failure);
        else this.listeners.get(data.id)?.(data.message);
      });
    });
    const source = fetch("runner.js").then((response) => response.text());
    this.ready = loaded.then(() => source);
    parent.append(this.frame);
  }

  /** A new worker. `failed` is told when it dies or does not come back; it is ended then. */
  async spawn(answered: (answer: RunnerAnswer) => void, failed: (message: string) => void): Promise<Runner> {
    const source = await this.ready;
    const id = this.count++;
    const post = (message: object): void => this.frame.contentWindow!.postMessage(message, "*");
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pulse: ReturnType<typeof setInterval> | undefined;
    const end = (): void => {
      clearTimeout(timer);
      clearInterval(pulse);
      this.listeners.delete(id);
      this.failures.delete(id);
      post({ kind: "end", id });
    };
    const fail = (message: string): void => {
      end();
      failed(message);
    };
    const send = (message: RunnerRequest): void => {
      timer ??= setTimeout(() => fail("This step does not come back: an endless loop?"), patience);
      post({ kind: "post", id, message });
    };
    this.listeners.set(id, (answer) => {
      if (answer.kind === "turn" || answer.kind === "ready") {
        clearTimeout(timer);
        timer = undefined;
      }
      answered(answer);
    });
    this.failures.set(id, (message) => fail(`The run failed: ${message}`));
    post({ kind: "spawn", id, source });
    // A loop can also begin later, after an await.
    pulse = setInterval(() => send({ kind: "ping" }), 500);
    return { send, end };
  }
}
