/** Hygiene: generated names never meet a name of the user's. */

export class UniqueNames {
  private readonly taken: Set<string>;
  /** The next suffix of each base: the thousandth name costs no more than the first. */
  private readonly suffixes = new Map<string, number>();

  /** `suffix`: what every new name ends in. */
  constructor(
    taken: Iterable<string>,
    private readonly suffix = "",
  ) {
    this.taken = new Set(taken);
  }

  /** `base` with the suffix, and with `$1`, `$2` … if that is taken or `mayBe` refuses it. */
  fresh(base: string, mayBe?: (name: string) => boolean): string {
    return this.unsuffixed(base + this.suffix, mayBe);
  }

  /** The same without the suffix. */
  unsuffixed(base: string, mayBe: (name: string) => boolean = () => true): string {
    let name = base;
    let suffix = this.suffixes.get(base) ?? 1;
    while (this.taken.has(name) || !mayBe(name)) name = `${base}$${suffix++}`;
    this.suffixes.set(base, suffix);
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
