/**
 * A generated project: files as people write them (types, imports, classes, functions of different sizes), each with one
 * or two async generators. The same with and without the directive, so that only what the compiler does differs.
 */

/** Numbers that are the same in every run (a linear congruential generator). */
function numbers(seed) {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

const entity = (i) => `
/** What file ${i} keeps. */
export interface Entity${i} {
  readonly id: number;
  name: string;
  tags: readonly string[];
  parent?: Entity${i};
}

export type Change${i} =
  | { kind: "added"; entity: Entity${i}; at: number }
  | { kind: "removed"; id: number; at: number }
  | { kind: "renamed"; id: number; from: string; to: string };
`;

const store = (i) => `
export class Store${i}<Extra extends object = {}> {
  readonly #entities = new Map<number, Entity${i} & Partial<Extra>>();
  private readonly changes: Change${i}[] = [];

  constructor(private readonly clock: () => number = () => 0) {}

  get size(): number {
    return this.#entities.size;
  }

  add(entity: Entity${i} & Partial<Extra>): this {
    // The last one of an id wins.
    this.#entities.set(entity.id, entity);
    this.changes.push({ kind: "added", entity, at: this.clock() });
    return this;
  }

  remove(id: number): boolean {
    const had = this.#entities.delete(id);
    if (had) this.changes.push({ kind: "removed", id, at: this.clock() });
    return had;
  }

  rename(id: number, to: string): void {
    const found = this.#entities.get(id);
    if (!found) throw new RangeError(\`no entity \${id} in store ${i}\`);
    this.changes.push({ kind: "renamed", id, from: found.name, to });
    found.name = to;
  }

  get(id: number): (Entity${i} & Partial<Extra>) | undefined {
    return this.#entities.get(id);
  }

  entities(): IterableIterator<Entity${i}> {
    return this.#entities.values();
  }

  history(): readonly Change${i}[] {
    return this.changes;
  }
}
`;

const describe = (i, _pick, name) => `
export function ${name}(change: Change${i}): string {
  switch (change.kind) {
    case "added":
      return \`+ \${change.entity.name} (\${change.entity.tags.join(", ")})\`;
    case "removed":
      return \`- \${change.id}\`;
    case "renamed":
      return \`~ \${change.from} -> \${change.to}\`;
    default: {
      const never: never = change;
      return never;
    }
  }
}
`;

const total = (i, pick, name) => `
export function ${name}(entities: Iterable<Entity${i}>, weight = ${1 + pick(9)}): number {
  let sum = 0;
  for (const { id, name, tags = [] } of entities) {
    if (id % ${2 + pick(5)} === 0) continue;
    sum += id * weight + name.length + tags.length;
  }
  return sum;
}
`;

const group = (i, _pick, name) => `
export function ${name}<K>(entities: Iterable<Entity${i}>, keyOf: (entity: Entity${i}) => K): Map<K, Entity${i}[]> {
  const groups = new Map<K, Entity${i}[]>();
  for (const entity of entities) {
    const key = keyOf(entity);
    const members = groups.get(key);
    if (members) members.push(entity);
    else groups.set(key, [entity]);
  }
  return groups;
}
`;

const retry = (_i, pick, name) => `
export const ${name} = async <T>(work: () => Promise<T>, attempts = ${2 + pick(4)}): Promise<T> => {
  let last: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      return await work();
    } catch (error) {
      last = error;
      await new Promise<void>((resolve) => queueMicrotask(resolve));
    }
  }
  throw last;
};
`;

const normalize = (i, pick, name) => `
export function ${name}({ name, tags, ...rest }: Entity${i}): Entity${i} {
  const clean = name.trim().replace(/\\s+/g, " ");
  const unique = [...new Set(tags.map((tag) => tag.toLowerCase()))].sort();
  return { ...rest, name: clean || "unnamed-${pick(100)}", tags: unique.slice(0, ${4 + pick(8)}) };
}
`;

const read = (i, directive, uses) => `
export async function* read${i}(store: Store${i}, ids: Iterable<number>): AsyncGenerator<Entity${i}> {${directive}
  let found = 0;
  try {
    for (const id of ids) {
      const entity = await Promise.resolve(store.get(id));
      if (entity) {
        found++;
        yield entity;
      }
    }${uses}
  } finally {
    await Promise.resolve(found);
  }
}
`;

const batches = (i, directive, pick) => `
export async function* batches${i}(source: AsyncIterable<Entity${i}>, size = ${2 + pick(6)}): AsyncGenerator<Entity${i}[], number> {${directive}
  let batch: Entity${i}[] = [];
  let count = 0;
  for await (const entity of source) {
    if (entity.name === "") continue;
    batch.push({ ...entity, tags: [...entity.tags] });
    if (batch.length < size) continue;
    const full = batch;
    batch = [];
    count += full.length;
    yield full;
  }
  if (batch.length > 0) yield batch;
  return count + batch.length;
}
`;

const functions = [describe, total, group, retry, normalize];

/** The text of file `i`, about 110 to 180 lines. */
export function source(i, isOptedIn) {
  const pick = numbers(i);
  const directive = isOptedIn ? '\n  "use aclose";' : "";
  const imported = i >= 10 ? [...new Set([i - 1 - pick(9), i - 1 - pick(9)])] : [];
  const imports = imported.map((j) => `import { read${j}, Store${j}, type Entity${j} } from "./file${j}.js";\n`);
  const parts = [...imports, entity(i), store(i)];
  for (let k = 1 + pick(functions.length), n = 0; n < k + 2; n++) {
    const part = functions[pick(functions.length)];
    parts.push(part(i, pick, `${part.name}${i}_${n}`));
  }
  const [first] = imported;
  const uses =
    first === undefined
      ? ""
      : `\n    const other: Entity${first} = { id: 1, name: "first", tags: [] };\n    for await (const { id, name } of read${first}(new Store${first}().add(other), [1])) yield { id, name, tags: [] };`;
  parts.push(read(i, directive, uses));
  if (pick(2) === 0) parts.push(batches(i, directive, pick));
  return parts.join("");
}

/** A program that prints what the generator of file `i` yields. */
export const program = (i) => `import { read${i}, Store${i} } from "./file${i}.js";
const store = new Store${i}().add({ id: 1, name: "one", tags: [] }).add({ id: 2, name: "two", tags: ["even"] });
const names = [];
for await (const { name } of read${i}(store, [1, 2, 3])) names.push(name);
console.log(names.join(" "));
`;
