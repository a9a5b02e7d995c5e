/** What programs rarely have, in its own surroundings: names that are captured, repeated and hidden in places of their own. */

import { at, Level } from "./code.js";
import type { Make } from "./constructs.js";
import { anonymous, expression } from "./expressions.js";
import { drained } from "./iterables.js";
import { deeper, freshName, insideFunction, type Place, type Variable, withVariables } from "./place.js";
import { block, statements } from "./statements.js";

const variable = (place: Place, prefix = "v"): Variable => ({ name: freshName(place, prefix), kind: "variable" });

/** The results of closures, which may throw. */
const results = (fs: string): string =>
  `log(${fs}.map((f) => { try { const r = f(); return typeof r === "function" ? r.name : r; } catch (e) { return e.name; } }));`;

const generatorBody = (place: Place, variables: readonly Variable[] = [], change: Partial<Place> = {}): string => {
  const inside = withVariables({ ...insideFunction(place, "async generator"), ...change }, ...variables);
  return statements({ ...inside, own: new Set(variables.map((each) => each.name)) }, 2);
};

/** A class's own name, and its private ones, in closures of its heritage and of its keys. */
const classNames: readonly Make[] = [
  (place, value) => {
    const [fs, C, k] = [freshName(place, "f"), freshName(place, "C"), freshName(place, "k")];
    return `const ${fs} = []; { try { class ${C} extends (${fs}.push(() => ${C}), ${value()}, Made) {
static [(${fs}.push(() => ${C}), ${value()}, "${k}")] = (${fs}.push(() => ${C}), ${C}.name); static { ${fs}.push(() => (${C} = 1)); } [(${fs}.push(() => typeof ${C}), ${value()})]() { return ${C}; } }
${fs}.push(() => ${C}); ${C} = ${value()}; ${fs}.push(() => ${C}); } catch (e) { log(e); } } ${results(fs)}`;
  },
  (place, value) => {
    const [fs, C] = [freshName(place, "f"), freshName(place, "C")];
    return `const ${fs} = []; for (const each of [1, 2]) { const D = class ${C} extends (${fs}.push(() => ${C}.each), Made) { static each = each; [${value()}]; static [(${fs}.push(() => new ${C}().y), "x")] = 1; y = each; static async *m() { yield ${C}.each; } }; ${drained(place, "D.m()")} ${fs}.push(() => D.name); } ${results(fs)}`;
  },
  (place, value) => {
    const [C, x] = [freshName(place, "C"), freshName(place, "x")];
    const D = freshName(place, "C");
    return `class ${C} { #${x} = 1; static [${value()}] = class ${D} extends (log(typeof ${C} === "function"), Made) { static [(log("key"), "d")] = (o) => #${x} in Object(o) && o.#${x}; static c() { return typeof ${C} + typeof ${D}; } }; static e = Object.values(${C}).map((D) => typeof D === "function" ? [D.d(new ${C}()), D.c()] : D); } log(${C}.e);`.replace(
      `(log(typeof ${C} === "function"), Made)`,
      "Made",
    );
  },
];

/** Members that only classes have, as targets of every kind. */
const privates: Make = (place, value) => {
  const [C, x, a, s, m] = [0, 0, 0, 0, 0].map((_, index) => freshName(place, index ? "x" : "C"));
  const inside = { ...insideFunction(place, "async generator"), hasSuper: true, strict: true, privates: [x!, a!] };
  const v = (): string => at(Level.Assignment, expression(inside));
  const targets = ["this", "super", C!].flatMap((object) =>
    object === "this"
      ? [`this.#${x}`, `this.#${a}`, `this[${v()}]`]
      : object === "super"
        ? ["super.p", `super[(${v()}, "p")]`]
        : [`${C}.#${s}`],
  );
  const { random } = place.program;
  const target = (): string => random.pick(targets);
  const uses: readonly (() => string)[] = [
    () => `log(${target()} ${random.pick(["=", "+=", "??=", "&&=", "||=", "**="])} ${v()});`,
    () => `[${target()}, ${target()} = ${v()}, ...${target()}] = [${v()}, undefined, 3, 4];`,
    () => `({ a: ${target()} = ${v()}, [${v()}]: ${target()} } = { a: ${v()} });`,
    () => `for (${target()} of [1, ${v()}]) { log(${target()}); ${statements(inside, 1)} }`,
    () => `for await (${target()} of [1, ${v()}]) { ${statements(inside, 1)} }`,
    () =>
      `log(${random.pick([`${target()}++`, `--${target()}`, `delete this?.[${v()}]`, `delete this.a?.[${v()}].b`])});`,
    () =>
      `log(this?.#${m}(${v()}), this.#${m}\`\${${v()}}\`, (this?.#${m})(1), this.#${m}?.(...[${v()}]), this.z?.#${m}(${v()}), #${a} in this);`,
    () =>
      `const g = () => super.m(${x === undefined ? "" : `this.#${x}`}); log(g(), super.m?.(${v()}), super["m"]\`\${${v()}}\`);`,
    () =>
      `const h = async () => { this.#${x} += await ${at(Level.Unary, expression(deeper(inside, { canYield: false })))}; return this.#${a}; }; log(await h());`,
  ];
  const text = Array.from({ length: 3 }, () => `{ ${random.pick(uses)()} }`).join("\n");
  return `class ${C} extends Made { #${x} = 1; get #${a}() { return log("get", this.#${x}); } set #${a}(v) { log("set", v); this.#${x} = v; } static #${s} = 2; #${m}(...a) { return log("private", ...a); }
async *run(p = super.p, q = () => this.#${x}) { log(p, q()); ${text} log(q()); } }
${drained(place, `new ${C}()${random.pick([".run()", ".run(1)", "[(" + value() + ', "run")]()'])}`)}`;
};

/** A parameter whose name the body declares again, and closures over both. */
const parametersAgain: Make = (place) => {
  const { random } = place.program;
  const [p, f] = [variable(place, "p"), freshName(place, "f")];
  const inside = insideFunction(place, "async generator");
  const v = (): string => at(Level.Assignment, expression(withVariables(inside, p)));
  const { name } = p;
  const repeated = (): string =>
    random.pick([
      () => `var ${name};`,
      () => `var ${name} = ${v()};`,
      () => `{ { var ${name} = ${v()}; } }`,
      () => `for (var ${name} of [1, ${v()}]) { log(${name}); if (${v()}) continue; }`,
      () => `for (var ${name} in { a: 1, [${v()}]: 2 }) log(${name});`,
      () => `for (var ${name} = ${v()}, i = 0; i < 2; i++) { var ${name}; log(${name}); }`,
      () =>
        `try { throw ${v()}; } catch (${name}) { log(${name}); var ${name} = ${v()}; log(${name}, (() => ${name})()); }`,
      () => `switch (${v()}) { case ${v()}, 1: var ${name}; default: var ${name} = ${v()}; }`,
      () => `var [${name} = ${v()}] = [];`,
      () => `var { a: ${name}, ...${name} } = { a: ${v()}, b: 2 };`,
      () => `function ${name}() { return typeof ${name}; }`,
      () => `l: { if (${v()}) break l; var ${name} = 5; }`,
      () => `(${name} => { log(${name}); var ${name} = 4; log(${name}); })(3);`,
      () => `(function (${name}) { var ${name}; log(${name}, arguments[0]); })(3);`,
    ])();
  const use = (): string =>
    random.pick([
      `log(${name}, ${f}());`,
      `${name} = ${v()};`,
      `log(${f}());`,
      "",
      `log(typeof ${name});`,
      `${f} = () => ${name};`,
    ]);
  const heads = [
    `${name}, ${f} = () => ${name}`,
    `${f} = () => typeof ${name}, ${name} = 2`,
    `${name} = 1, ${f} = () => ${name}++`,
    `{ a: ${name} } = { a: 1 }, ${f} = () => ${name}`,
    `${name}, { ${f} = () => (${name} = [${name}]) } = {}`,
    `${name}, ...[${f} = () => ${name}]`,
    `${f} = () => arguments[0], ${name} = arguments.length`,
  ];
  const simple = random.chance(0.2);
  const head = simple ? `${name}` : random.pick(heads);
  const start = simple ? `var ${f} = () => ${name};` : "";
  const body = Array.from({ length: 3 }, () => `${use()} ${repeated()}`).join("\n");
  return drained(
    place,
    `(async function* (${head}) { ${start} ${body} ${use()} log(${name}); })(${random.pick(["", "7", "7, undefined"])})`,
  );
};

/** `arguments` in sloppy code: mapped to parameters, named like one, or declared. */
const mapped: Make = (place) => {
  const { random } = place.program;
  const [a, b] = [variable(place, "p"), variable(place, "p")];
  const inside = { ...insideFunction(place, "async generator"), hasArguments: true };
  const v = (): string => at(Level.Assignment, expression(withVariables(inside, a, b)));
  const heads = [
    `${a.name}, ${b.name}`,
    `${a.name}, ${b.name}, ${a.name}`,
    `${a.name}, ${b.name}, ...c`,
    `${b.name}, ${a.name} = 1`,
  ];
  const use = (): string =>
    random.pick([
      () => `arguments[${random.below(3)}] = ${v()};`,
      () => `arguments[${v()}] = ${v()};`,
      () => `${a.name} = ${v()};`,
      () => `[${b.name}, arguments[0]] = [${v()}, ${v()}];`,
      () => `delete arguments[${random.below(2)}];`,
      () => `Object.defineProperty(arguments, 0, { value: ${v()}, writable: ${random.chance(0.5)} });`,
      () => `(() => { arguments[1] = ${a.name}; ${a.name} = 9; })();`,
      () => `arguments.length = ${v()};`,
      () => `var arguments; log(typeof arguments);`,
      () => `{ let arguments = ${v()}; log(arguments); }`,
      () => `for (arguments[0] of [${v()}, 2]) log(${a.name});`,
      () => `Object.freeze(arguments); ${b.name} = ${v()};`,
      () => `(function () { arguments[0] = 3; log(arguments[0]); })(1);`,
      () => `log(arguments[0]++, ${a.name}--, arguments[1] += ${v()});`,
    ])();
  const body = Array.from({ length: 4 }, () => `${use()} log(${a.name}, ${b.name}, [...arguments]);`).join("\n");
  return drained(
    place,
    `(async function* (${random.pick(heads)}) { ${body} })(${random.pick(["", "1", "1, 2", "1, 2, 3"])})`,
  );
};

/** A function's own name, which nothing can assign, and what hides it. */
const ownName: Make = (place, value) => {
  const name = freshName(place, "g");
  const { random } = place.program;
  const inside = insideFunction(place, "async generator");
  const v = (): string => at(Level.Assignment, expression(withVariables(inside, { name, kind: "constant" })));
  const use = (): string =>
    random.pick([
      () => `try { ${name} = ${v()}; } catch (e) { log(e.name); }`,
      () => `try { [${name} = ${v()}] = []; } catch (e) { log(e.name); }`,
      () => `try { log(${name}++); } catch (e) { log(e.name); }`,
      () => `try { log(${name} ??= ${v()}, ${name} &&= ${v()}); } catch (e) { log(e.name); }`,
      () => `try { for (${name} of [${v()}]) log("body"); } catch (e) { log(e.name); }`,
      () => `{ let ${name} = ${v()}; log(${name}); }`,
      () => `(() => { try { ${name} = 1; } catch (e) { log(e.name); } })();`,
      () => `log(delete this?.[${v()}], typeof ${name}, new.target, (() => new.target)());`,
    ])();
  const last = random.pick(["", "", `var ${name} = ${v()};`, `function ${name}() {}`, `{ const ${name} = ${v()}; }`]);
  const text = Array.from({ length: 3 }, use).join("\n");
  return `try { ${drained(place, `(${value()}, async function* ${name}(${random.pick(["", name])}) { ${text} ${last} log(typeof ${name}); })()`)} } catch (e) { log(e.name); }`;
};

/** Heads of `for` whose variables are captured everywhere, and loops in them that go on with the outer one. */
const loopScopes: Make = (place, value) => {
  const { random } = place.program;
  const [fs, l] = [freshName(place, "f"), freshName(place, "l")];
  const [i, j] = [variable(place), variable(place)];
  const inside = withVariables(
    deeper(place, { canBreak: true, canContinue: true, labels: [...place.labels, { name: l, loop: true }] }),
    i,
    j,
  );
  const v = (): string => at(Level.Comma, expression(inside));
  const push = (): string =>
    `${fs}.push(() => ${random.pick([i.name, j.name, `${i.name}++`, `(${j.name} = ${i.name})`, `${i.name} + ":" + ${j.name}`])})`;
  const perhaps = (text: () => string): string => (random.chance(0.5) ? text() : "");
  const inner = random.pick([
    () =>
      `for (let k = 0; fuel() && k < 2; k++, ${push()}) { ${fs}.push(() => [${i.name}, k]); if (${v()}) continue ${l}; ${perhaps(() => `if (${v()}) break ${l};`)} }`,
    () =>
      `for (const k of [1, ${value()}]) { ${fs}.push(() => [${i.name}, k]); try { if (${v()}) continue ${l}; } finally { ${fs}.push(() => k); ${perhaps(() => `${v()};`)} } }`,
    () =>
      `switch (${v()}) { case (${push()}, ${v()}): let k = ${i.name}; ${fs}.push(() => k); default: ${perhaps(() => `continue ${l};`)} }`,
    () => block(inside),
  ])();
  const head = random.pick([
    () =>
      `for (let ${i.name} = 0, ${j.name} = (${fs}.push(() => ${i.name}), ${value()}); ${perhaps(() => `${push()}, `)}fuel() && ${i.name} < 3; ${perhaps(() => `${push()}, `)}${i.name}++)`,
    () =>
      `for (let { ${i.name} = 0, ${j.name} = () => ${i.name} } = {}; ${i.name} < 2; ${i.name}++${perhaps(() => `, ${v()}`)})`,
    () => `for (let [${i.name}, ${j.name} = (${push()}, ${at(Level.Assignment, expression(place))})] of [[1], [2, 3]])`,
    () => `for (const { a: ${i.name}, [(${push()}, "b")]: ${j.name} } of [{ a: 1, b: 2 }, { a: 3 }])`,
    () => `for (var ${i.name} = 0, ${j.name} = ${value()}; fuel() && ${i.name} < 3; ${i.name}++, ${push()})`,
    () => `for (let [${i.name}, ${j.name}] of [...(${fs}.push(() => ${i.name}), [[1, 2]])])`,
    () => `let ${j.name} = 0; for (let ${i.name} in (${fs}.push(() => ${i.name}), { a: 1, [${value()}]: 2 }))`,
  ])();
  const labelledHead = head.startsWith("let") ? head.replace("; for", `; ${l}: for`) : `${l}: ${head}`;
  return `{ const ${fs} = []; try { ${labelledHead} { ${push()}; ${inner} ${perhaps(() => `${i.name} += 1;`)} } } catch (e) { log("loop", e); } ${results(fs)} }`;
};

/** Object literals with everything that suspensions can separate. */
const literals: Make = (place, value) => {
  const { random } = place.program;
  const name = freshName(place, "o");
  const method = (): string => `{ ${generatorBody(place, [], { hasSuper: true })} }`;
  const member = (): string =>
    random.pick([
      () => `get a() { return log("get a"); }`,
      () => `set a(v) { log("set a", v); }`,
      () => `a: ${value()}`,
      () => `[${value()}]: ${random.chance(0.5) ? value() : anonymous(place)}`,
      () => `"__proto__": ${value()}`,
      () => `["__proto__"]: ${value()}`,
      () => `__proto__() { return 1; }`,
      () => `async *m() ${method()}`,
      () => `async *[(${value()}, "m")]() ${method()}`,
      () => `p() { return super.p; }`,
      () => `get: ${value()}, set: ${value()}, async: 1, static: 2, await: 3, yield: 4, new: 5`,
      () => `async async() {}, get get() { return 1; }, set set(v) {}, *static() {}, async *await() {}`,
      () => `...{ get z() { return log("spread"); }, m: 1 }`,
      () =>
        `2: ${value()}, 1: 0, [Symbol.iterator]: () => [${value()}][Symbol.iterator]()`.replace(/\(\) => \[.*/, "null"),
    ])();
  const members = Array.from({ length: 2 + random.below(4) }, member);
  const seen = members.findIndex((each) => each.startsWith('"__proto__'));
  const unique = members.filter((each, index) => index === seen || !each.startsWith('"__proto__'));
  return `const ${name} = { ${unique.join(", ")} }; log(Object.getOwnPropertyNames(${name}).map((k) => { const { get, set, value } = Object.getOwnPropertyDescriptor(${name}, k); return [k, get?.name, set?.name, typeof value === "function" ? value.name : value]; }), Object.getPrototypeOf(${name}) === Object.prototype);
if (Object.hasOwn(${name}, "m") && typeof ${name}.m === "function") ${drained(place, `${name}.m()`)} else log(${name}.m);`;
};

/** Words that are reserved elsewhere, as names. */
const words: Make = (place, value) => {
  const { random } = place.program;
  const name = random.pick([
    "async",
    "of",
    "get",
    "set",
    "from",
    "as",
    "type",
    "accessor",
    "declare",
    "module",
    "using",
    ...(place.strict ? [] : ["let", "yield\u0000", "static", "implements", "interface", "package"]),
  ]);
  if (name.includes("\u0000"))
    return `log((function () { var yield = 1; const o = { yield, await: 2 }; yield: for (const each of [1, 2]) { if (each) continue yield; } function* g(a = yield) { yield a + (yield 2); } var f = (yield) => yield + 1; return [yield * 2, f(yield), [...g()], o.yield, ${"yield ++"}]; })(), ${value()});`;
  const declared = name === "let" ? "var" : random.pick(["let", "var", "const"]);
  const use = (): string =>
    random.pick([
      () => `log(${name}, ${value()});`,
      () => `log(${name} /2/ 1, ${value()});`,
      () => `for (var each of [${name}, ${value()}]) log(each);`,
      () => `try { ${name}(${value()}); } catch (e) { log(e.name); }`,
      () => `try { ${name}\n(${value()}); } catch (e) { log(e.name); }`,
      () => `try { log(${name}\`\${${value()}}\`); } catch (e) { log(e.name); }`,
      () => `const f${random.below(1e6)} = async ${name === "let" ? "v" : name} => ${name === "let" ? "v" : name};`,
      () => `log(((${name}) => ${name})(${value()}));`,
      () => `log({ ${name}, [${name}]: ${value()} });`,
      () => `for (const f of [() => ${name}]) log(f(), ${value()});`,
      () => (declared === "const" ? ";" : `for ((${name}) of [1, ${value()}]) log(${name});`),
      () => (declared === "const" ? ";" : `${name}\n++\n${value()};`.replace(/\n\+\+\n/, " = 1\n,")),
      () => `${name}: for (;;) { ${value()}; break ${name}; }`,
      () => `${name}\n${value()};`.replace(/\n[\s\S]*/, `\n;(${value()});`),
    ])();
  return `try { ${declared} ${name} = ${value()}; ${Array.from({ length: 3 }, use).join("\n")} } catch (e) { log("word", e); }`;
};

/** Functions and classes get names from where they stand, also when it suspends. */
const naming: Make = (place, value) => {
  const [a, b] = [freshName(place, "v"), freshName(place, "v")];
  const f = (): string => anonymous(place);
  const { random } = place.program;
  const text = random.pick([
    () =>
      `let ${a}, ${b} = {}; ${a} ??= ${f()}; ${b}.x ??= ${f()}; ${b}[(${value()}, "y")] = ${f()}; log(${a}.name, ${b}.x.name, ${b}.y.name);`,
    () => `let ${a}, ${b}; [${a} = ${f()}, ${b} = (${value()}, ${f()})] = []; log(${a}.name, ${b}.name);`,
    () => `let { ${a} = ${f()}, [(${value()}, "b")]: ${b} = ${f()} } = {}; log(${a}.name, ${b}.name);`,
    () =>
      `const ${a} = { [(${value()}, "x")]: ${f()}, y: ${f()}, [${value()}]: (${f()}), z: (0, ${f()}) }; log(Object.values(${a}).map((f) => f?.name));`,
    () =>
      `const ${a} = class { static [(${value()}, "x")] = ${f()}; static y = ${f()}; static z = this.name; [Symbol.iterator] = ${f()}; }; log(${a}.x.name, ${a}.y.name, ${a}.z, ${a}.name);`,
    () =>
      `const ${a} = class { static [${value()}] = this.name; static name = 1; }, ${b} = class { static name() {} static [${value()}]; }; log(${a}.name, typeof ${b}.name);`,
    () =>
      `const ${a} = (() => { const s = []; for (const each of [1, 2]) s.push(((t) => t)\`a\\unicode\${each}\`); return s[0] === s[1]; })(); log(${a});`,
    () =>
      `const ${a} = new Set(); for (const each of [1, 2]) ${a}.add(((t) => t)\`\\unicode\${${value()}}b\`); log(${a}.size, [...${a}][0]);`,
    () => `for (let ${a} = ${f()}, ${b} = (${value()}, ${f()}); ; ) { log(${a}.name, ${b}.name); break; }`,
  ])();
  return text;
};

/** Statements whose first token is another one when they are taken apart. */
const starts: Make = (place, value) => {
  const { random } = place.program;
  const text = random.pick([
    () => `(function () { log("called"); })(), ${value()};`,
    () => `({ m() { log("m"); } }).m(), ${value()};`,
    () => `(class { static x = log("class"); }), ${value()};`,
    () => `(async () => {})(), ${value()}, (() => log("arrow"))();`,
    () => `(function () {}).x = ${value()};`,
    () => `({}).x ??= ${value()};`,
    () => `({ a: o.z } = ${value()} ?? {}), ${value()};`,
    () => `(function () { return { a: 1 }; })().a += ${value()};`,
    () => `(class { static a = {}; }).a[${value()}] = ${value()};`,
    () => `({ get a() { return log("a"); } })[(${value()}, "a")];`,
    () => `\`\${${value()}}\`, ${value()};`,
    () => `(function* () { yield 1; })().next(${value()}).value, {}[${value()}];`,
    () => `!function () { log("not"); }(), ${value()};`,
    () => `(-1) ** (${value()}, 2), (${value()}, 2) ** 2, log((-2) ** 2);`,
    () => `log(1..toString(), 1.5.toFixed(${value()}), 5 .constructor.name, ((${value()}, 1)).x);`,
    () => `new (class { constructor(...a) { log(a, new.target.name); } })(${value()}, ...[${value()}]).x, ${value()};`,
    () =>
      `log(new new (${value()}, Object)().constructor(${value()}), new (o?.constructor)(${value()}), new o.b.constructor[(${value()}, "prototype")].constructor());`,
    () => `log(o?.m\n\`t\`)`.replace("\n`t`", `?.[(${value()}, "call")](o, ${value()})`) + ";",
    () =>
      `log(o.m?.[${value()}]?.x.y.z(${value()}), delete o?.a?.[${value()}], delete (o?.[${value()}]), typeof o?.[${value()}]?.(${value()}));`,
    () => `log(void (${value()}), typeof (${value()}), +(${value()}, 1), - -1, -(${value()}, -1));`,
    () => `if (${value()}) ; else (function () { log("else"); })(), ${value()};`,
    () => `for (({ a: o.z }) of [{ a: 1 }]) ;`.replace("({ a: o.z })", `{ a: o.z, [${value()}]: o.y }`),
    () => `do (function () { log("do"); })(), ${value()}; while (false) log("after");`,
    () => `for ((function () { log("init"); })(), ${value()}; fuel() && ${value()}; ({}).x, ${value()}) break;`,
    () =>
      `{ const f = () => ({}).x; const g = async () => ({ a: 1 }); const h = () => { ({}).x; }; log(f(), g, h(), ${value()}); }`,
    () => `throw_: { if (${value()}) break throw_; (() => { throw 1; })?.(); }`,
  ])();
  return text;
};

const sloppy: readonly (readonly [number, Make])[] = [[1.5, mapped]];
const kinds: readonly (readonly [number, Make])[] = [
  ...classNames.map((make) => [1, make] as const),
  [2.5, privates],
  [2.5, parametersAgain],
  [1, ownName],
  [3, loopScopes],
  [2, literals],
  [1.5, words],
  [1.5, naming],
  [2, starts],
];

export function oddity(place: Place): string {
  const inside = deeper(place, { own: new Set() });
  const value = (): string => at(Level.Assignment, expression(inside));
  const make = place.program.random.weighted(
    (place.strict ? kinds : [...kinds, ...sloppy]).map(([weight, each]) => [weight, each]),
  );
  return `try { ${make(inside, value)} } catch (e) { log("odd", e); }`;
}
