"use aclose interrupt";

import { Mailbox } from "./mailbox.js";

const CAPACITY = 8;

export class Room {
  readonly #members = new Map<string, Mailbox>();
  #peak = 0;

  get members(): string[] {
    return [...this.#members.keys()];
  }

  /** The most messages that have ever waited for one member. */
  get peak(): number {
    return this.#peak;
  }

  /** What is said in the room, as long as one listens: who reads is a member, who stops has left. */
  async *join(name: string): AsyncGenerator<string> {
    const mailbox = new Mailbox(CAPACITY);
    this.#members.set(name, mailbox);
    try {
      await this.say(`${name} has joined`);
      for (;;) yield await mailbox.take();
    } finally {
      this.#members.delete(name);
      mailbox.close();
      console.log(`${name} has left`);
      await this.say(`${name} has left`);
    }
  }

  /** Tells everybody. Waits while somebody does not keep up. */
  async say(text: string): Promise<void> {
    await Promise.all([...this.#members.values()].map((mailbox) => mailbox.put(text)));
    this.#peak = Math.max(this.#peak, ...[...this.#members.values()].map(({ length }) => length));
  }
}
