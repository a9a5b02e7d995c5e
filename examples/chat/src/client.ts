import { once } from "node:events";
import { WebSocket } from "ws";
import { comesTrue } from "./comes-true.js";

/** Somebody in a room, who remembers what was said. */
export class Client {
  readonly heard: string[] = [];
  /** How the connection ended. */
  closed: string | undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on("message", (data) => this.heard.push(String(data)));
    socket.on("close", (code, reason) => {
      this.closed = `${code} ${reason}`.trim();
    });
  }

  /** Resolves when the room knows. */
  static async join(room: URL, name: string): Promise<Client> {
    const url = new URL(`?name=${name}`, room);
    url.protocol = "ws";
    const client = new Client(new WebSocket(url));
    await once(client.socket, "open");
    await client.hears(`${name} has joined`);
    return client;
  }

  say(text: string): void {
    this.socket.send(text);
  }

  /** Whether this is said, before nothing has been said for a while. */
  async hears(text: string): Promise<boolean> {
    let count: number;
    do {
      count = this.heard.length;
      if (await comesTrue(() => this.heard.includes(text))) return true;
    } while (this.heard.length > count);
    return false;
  }

  async leave(): Promise<void> {
    this.socket.close();
    await comesTrue(() => this.closed !== undefined);
  }
}
