/** Programs of any size, one for each kind of thing that a program can have many of. */

export const repeat = (count: number, line: (index: number) => string, separator = "\n") =>
  Array.from({ length: count }, (_, index) => line(index)).join(separator);
const inBody = (line: (index: number) => string) => (count: number) =>
  `export async function* f(x, y) {\n${repeat(count, line)}\nyield x;\n}\n`;

export const shapes: Readonly<Record<string, (count: number) => string>> = {
  statements: inBody((n) => `x = y + ${n};`),
  declarations: inBody((n) => `const a${n} = y + ${n};`),
  "variables in the frame": (count) =>
    `export async function* f(x) {\n${repeat(count, (n) => `let a${n} = x(${n});`)}\nyield x;\n${repeat(count, (n) => `x(a${n}++);`)}\n}`,
  suspensions: inBody((n) => `yield x + ${n};`),
  "operands that are kept": inBody((n) => `x = x.m(y, x.n) + (yield ${n});`),
  "values that are sent": inBody((n) => `const a${n} = yield x; y(a${n});`),
  branches: inBody((n) => `if (x > ${n}) { yield x; } else { x++; }`),
  "else-ifs": (count) =>
    `export async function* f(x) {\n${repeat(count, (n) => `if (x === ${n}) { yield ${n}; } else `)} x++;\n}`,
  loops: inBody((n) => `for (let i = 0; i < ${n}; i++) { if (x) continue; yield i; }`),
  "loops that are left": inBody((n) => `while (x) { for (const z of y) { if (z === ${n}) break; x(z); } await y; }`),
  "try statements": inBody((n) => `try { yield ${n}; } catch (e) { x(e); } finally { await y; }`),
  iterations: inBody(() => `for await (const z of x) { yield z; }`),
  closures: inBody(() => `for (const z of x) { y(() => z); yield z; }`),
  classes: inBody((n) => `y(class { async *m() { yield ${n}; } }); await x;`),
  cases: (count) =>
    `export async function* f(x) { switch (x) {\n${repeat(count, (n) => `case ${n}: yield ${n}; break;`)}\n} }`,
  "a long sum": (count) =>
    `export async function* f(x, ...a) { return ${repeat(count, (n) => `a[${n}] * (yield ${n})`, " + ")}; }`,
  "a long chain": (count) => `export async function* f(x) { yield x${repeat(count, (n) => `.m(${n})`, "")}; }`,
  "a long array": (count) => `export async function* f(x) { yield [${repeat(count, (n) => `await x(${n})`, ", ")}]; }`,
  "kept operands of one suspension": (count) =>
    `export async function* f(x) { yield [${repeat(count, (n) => `x(${n})`, ", ")}, await x]; }`,
  "a long pattern": (count) =>
    `export async function* f(x) { const { ${repeat(count, (n) => `a${n} = yield ${n}`, ", ")} } = x; return a0; }`,
  "nested labels": (count) =>
    `export async function* f(x) { ${repeat(count, (n) => `l${n}: { if (${n}) break l${n};`)} yield x; ${"}".repeat(count)} }`,
  parameters: (count) => `export async function* f(${repeat(count, (n) => `a${n}`, ", ")}) { yield a0; return a1; }`,
  functions: (count) =>
    repeat(count, (n) => `export async function* f${n}(x) { "use aclose"; for (let i = 0; i < x; i++) yield i; }`),
  methods: (count) =>
    `export class A {\n${repeat(count, (n) => `async *m${n}(x) { for (let i = 0; i < x; i++) yield i; }`)}\n}`,
};

/** Those that are compiled once more as for tsc, with types: each function looks for what the file and its class declare. */
export const annotated: readonly string[] = ["functions", "methods"];
