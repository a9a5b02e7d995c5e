import { Database } from "node-sqlite3-wasm";

/** A connection that is out of the pool. Disposing of it rolls back what was not committed, and gives it back. */
export interface Lease extends Disposable {
  readonly database: Database;
}

/** A fixed number of connections to one database. */
export class Pool {
  readonly #connections: readonly Database[];
  readonly #idle: Database[];
  readonly #waiting: ((database: Database) => void)[] = [];

  constructor(path: string, size: number) {
    this.#connections = Array.from({ length: size }, () => new Database(path));
    this.#idle = [...this.#connections];
  }

  get inUse(): number {
    return this.#connections.length - this.#idle.length;
  }

  /** Waits until a connection is free. */
  async acquire(): Promise<Lease> {
    const database = this.#idle.pop() ?? (await new Promise<Database>((resolve) => this.#waiting.push(resolve)));
    return { database, [Symbol.dispose]: () => this.#giveBack(database) };
  }

  close(): void {
    for (const database of this.#connections) database.close();
  }

  #giveBack(database: Database): void {
    if (database.inTransaction) database.exec("ROLLBACK");
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(database);
    else next(database);
  }
}
