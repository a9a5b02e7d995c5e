/** Hygiene: generated names never meet a name of the user's. */

export class UniqueNames {
  private readonly taken: Set<string>;

  constructor(taken: Iterable<string>) {
    this.taken = new Set(taken);
  }

  /** `base`, or `base$1`, `base$2` … if that is taken. */
  fresh(base: string): string {
    let name = base;
    for (let count = 1; this.taken.has(name); count++) name = `${base}$${count}`;
    this.taken.add(name);
    return name;
  }

  has(name: string): boolean {
    return this.taken.has(name);
  }

  take(name: string): void {
    this.taken.add(name);
  }
}
