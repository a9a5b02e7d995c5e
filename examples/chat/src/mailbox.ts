/** A queue with a limit: who puts in waits for space, who takes out waits for a message. */
export class Mailbox {
  readonly #messages: string[] = [];
  #waiting: (() => void)[] = [];
  #isOpen = true;

  constructor(readonly capacity: number) {}

  get length(): number {
    return this.#messages.length;
  }

  async put(message: string): Promise<void> {
    while (this.#isOpen && this.#messages.length >= this.capacity) await this.#change();
    this.#messages.push(message);
    this.#changed();
  }

  async take(): Promise<string> {
    while (this.#messages.length === 0) await this.#change();
    const message = this.#messages.shift()!;
    this.#changed();
    return message;
  }

  /** Nobody will take anything: nobody need wait for space. */
  close(): void {
    this.#isOpen = false;
    this.#changed();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #changed(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
