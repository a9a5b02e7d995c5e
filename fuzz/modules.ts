/** Programs of several modules that import each other, also in circles: what they export changes, and is used before it is there. */

import { library } from "../test/support/library.js";
import { heading, type ModuleFormat } from "../test/support/modules.js";
import { at, Level } from "./code.js";
import { expression } from "./expressions.js";
import { parameters } from "./functions.js";
import { freshName, insideFunction, type Place, type Variable, withParameters, withVariables } from "./place.js";
import { statements } from "./statements.js";

/** What a module exports: a generator function, a function that assigns, or the variable that this changes. */
interface Exported {
  readonly kind: "generator" | "setter" | "variable";
  /** What the module itself calls it by; a default export may have no name. */
  readonly local?: string;
  /** What others know it by. */
  readonly as: string;
}

interface Module {
  readonly name: string;
  readonly exported: Exported[];
  readonly lines: string[];
}

/** What a body of a module may use that only modules have. */
export interface Links {
  readonly format: ModuleFormat;
  /** Names of modules, each with what it exports. */
  readonly modules: readonly Pick<Module, "name" | "exported">[];
  /** Texts that read what may change, among them members of namespaces. */
  readonly live: readonly string[];
  readonly setters: readonly string[];
  readonly generators: readonly string[];
  /** Those that the module itself may assign to. */
  readonly own: readonly string[];
  readonly assignable: readonly string[];
  readonly spaces: readonly string[];
}

const isName = (text: string): boolean => /^[a-z_$][\w$]*$/i.test(text);
const member = (object: string, { as }: Exported): string =>
  isName(as) ? `${object}.${as}` : `${object}[${JSON.stringify(as)}]`;
/** In a list of imports and exports. */
const exportName = (as: string): string => (isName(as) ? as : JSON.stringify(as));

/** Statements about bindings that others change, and about modules as values. */
export function moduleStatement(place: Place): string {
  const { random, links, concurrent } = place.program;
  const { format, modules, live, setters, generators, own, assignable, spaces } = links!;
  const value = (): string => at(Level.Assignment, expression(place));
  const read = (): string => (live.length ? random.pick(live) : "0");
  const call = (): string => (setters.length ? random.pick(setters) : "log");
  const space = spaces.length ? random.pick(spaces) : "o";
  const generator = generators.length ? random.pick(generators) : "native";
  const module = random.pick(modules);
  const exported = random.pick(module.exported);
  const path = random.pick([`"./${module.name}"`, `"./" + ${JSON.stringify(module.name)}`]);
  const uses: (() => string)[] = [
    () => `log(${read()}, ${value()}, ${read()}, (() => ${read()})());`,
    () => `log([${read()}, ${call()}(${value()}), ${read()}], ${read()});`,
    () => `log(${call()}?.(${value()}), (0, ${call()})(${value()}), ${call()}\`a\${${value()}}\`, ${read()});`,
    () => `log(${read()} + (${value()}, ${call()}(2)) + ${read()});`,
    // TypeScript's CommonJS names an anonymous default export `default_1`, or not at all.
    () => `log(typeof ${generator}, ${format === "esm" ? `${generator}.name` : 0}, ${generator}.length);`,
    () => `for await (const each of ${generator}(${value()})) { log(each, ${read()}); if (${read()}) break; }`,
    () => `log(Object.keys(${space}), ${space} === ${space}, typeof ${space}?.default);`,
    () => `try { ${member(space, exported)} = ${value()}; } catch (e) { log(e.name); } log(${read()});`,
    () => `log(typeof ${member(space, exported)}, ${value()}, ${JSON.stringify(exported.as)} in ${space});`,
  ];
  if (place.canAwait)
    uses.push(
      () => `log(typeof ${member(`(await import(${path}))`, exported)}, ${value()});`,
      () => `log((await import(${path})) === ${space}, await import("./none").catch(() => "none"));`,
      () =>
        `{ const { [${JSON.stringify(exported.as)}]: each = ${value()} } = await import((${value()}, ${path})); log(typeof each); }`,
    );
  if (place.canAwait && concurrent) uses.push(() => `import(${path}).then((n) => log("loaded", Object.keys(n)));`);
  if (assignable.length) {
    const target = random.pick(assignable);
    const operator = random.pick(["=", "+=", "??=", "&&="]);
    uses.push(
      () => `log(${target} ${operator} ${value()}, ${target}, ${random.pick([`${target}++`, `--${target}`])});`,
      () => `[${target}] = [${value()}]; log(${target}, ({ a: ${target} = ${value()} } = {}));`,
      () => `for (${target} of [1, ${value()}]) log(${target}, ${value()}, ${target});`,
    );
  }
  if (own.length)
    uses.push(
      () => `${random.pick(own)} = ${random.pick([generator, `async function* () { yield ${read()}; }`])};`,
      () => `[${random.pick(own)} = async function* () { yield ${read()}; }] = [];`,
    );
  if (place.canYield) uses.push(() => `log(yield* ${generator}(${value()}), ${read()});`);
  if (format === "esm")
    uses.push(
      () => `log(import.meta.url, ${value()}, import.meta === (() => import.meta)());`,
      () => `log(import.meta.a = ${value()}, import.meta.a, import.meta?.[(${value()}, "url")]);`,
    );
  return `try { ${random.pick(uses)()} } catch (e) { log("module", e); }`;
}

/** A way to export each thing, and the statements for it. */
function exportText(place: Place, module: Module, kind: Exported["kind"], hasDefault: boolean): string {
  const { random } = place.program;
  const local = freshName(place, kind === "variable" ? "p" : "g");
  const add = (as: string, text: string, isNamed = true): string => {
    module.exported.push({ kind, as, ...(isNamed && { local }) });
    return text;
  };
  const variable = module.exported.find((each) => each.kind === "variable")?.local;
  const text = {
    variable: () => `let ${local} = ${random.pick(["0", `"live"`, "undefined"])};`,
    // Not `this` itself: the functions of a namespace have other names in TypeScript's CommonJS.
    setter: () => `function ${local}(...a) { log("${local}", typeof this, ...a); return ${variable} = a.at(-1); }`,
    generator: () => `GENERATOR ${local}`,
  }[kind]();
  const other = random.pick([local, freshName(place, "x"), "two words"]);
  const as = module.exported.some((each) => each.as === other) ? local : other;
  const ways: (() => string)[] = [
    () => add(local, `export ${text}`),
    () => add(as, `${text}\nexport { ${local} as ${exportName(as)} };`),
    () => add(as, `export { ${local} as ${exportName(as)} };\n${text}`),
  ];
  if (!hasDefault) ways.push(() => add("default", `${text}\nexport { ${local} as default };`));
  if (!hasDefault && kind !== "variable") ways.push(() => add("default", `export default ${text}`));
  if (!hasDefault && kind === "generator")
    ways.push(
      () => add("default", "export default GENERATOR ", false),
      () => add("default", "export default (GENERATOR );", false),
      () => add("default", `const ${local} = GENERATOR ;\nexport default ${local};`),
    );
  if (kind === "generator")
    ways.push(
      () => add(local, `export const ${local} = GENERATOR ;`),
      () => add(local, `export let [${local}] = [GENERATOR ];`),
      () =>
        add(
          local,
          `class C${local} { static async *m() { yield* (GENERATOR )(); } }\nexport const ${local} = C${local}.m;`,
        ),
    );
  return random.pick(ways)();
}

/** What modules say of each other before any body is written. */
function planned(place: Place, names: readonly string[]): Module[] {
  const { random } = place.program;
  return names.map((name) => {
    const module: Module = { name, exported: [], lines: [] };
    const kinds = ["variable", "setter", "generator", ...(random.chance(0.5) ? ["generator"] : [])] as const;
    for (const kind of kinds) {
      const hasDefault = module.exported.some(({ as }) => as === "default");
      module.lines.push(exportText(place, module, kind as Exported["kind"], hasDefault));
    }
    return module;
  });
}

const noLinks = (
  format: ModuleFormat,
  modules: readonly Module[],
): { -readonly [K in keyof Links]: Links[K] & any } => ({
  format,
  modules,
  live: [],
  setters: [],
  generators: [],
  own: [],
  assignable: [],
  spaces: [],
});

type Open = ReturnType<typeof noLinks>;

function know(links: Open, kind: Exported["kind"], text: string): void {
  ({ variable: links.live, setter: links.setters, generator: links.generators })[kind].push(text);
}

/** The imports of a module from another, in one of the ways there are. */
function importText(place: Place, from: Module, links: Open, variables: Variable[]): string {
  const { random } = place.program;
  const named: string[] = [];
  const heads: string[] = [];
  for (const each of from.exported) {
    if (random.chance(0.25)) continue;
    const isSame = each.local === each.as && random.chance(0.5);
    const local = isSame ? each.as : freshName(place, "x");
    if (each.as === "default" && heads.length === 0 && random.chance(0.6)) heads.push(local);
    else named.push(isSame ? local : `${exportName(each.as)} as ${local}`);
    know(links, each.kind, local);
    if (each.kind === "generator") variables.push({ name: local, kind: "generator" });
    // TypeScript makes of an assignment to it, which is an error, one to the other module's exports.
    else if (each.kind === "variable" && links.format === "esm") variables.push({ name: local, kind: "constant" });
  }
  const texts = named.length || !heads.length ? [...heads, `{ ${named.join(", ")} }`] : heads;
  let text = `import ${texts.join(", ")} from "./${from.name}";`;
  if (random.chance(0.5)) {
    const space = freshName(place, "n");
    text += `\nimport * as ${space} from "./${from.name}";`;
    links.spaces.push(space);
    for (const each of from.exported) know(links, each.kind, member(space, each));
  }
  return text;
}

/** Exports of what another exports. */
function reexportText(place: Place, module: Module, from: Module): string {
  const { random } = place.program;
  const source = `from "./${from.name}";`;
  const { kind, as: there } = random.pick(from.exported);
  const as = freshName(place, "x");
  return random.pick([
    () => `export * ${source}`,
    () => {
      module.exported.push({ kind, as });
      return `export { ${exportName(there)} as ${as} } ${source}`;
    },
    () => `export * as ${as} ${source}`,
    () => "",
  ])();
}

type Main = (place: Place) => string;

const GENERATOR = /GENERATOR (\w*)/g;

/** Modules call each other's generators, so each call costs fuel. What is in a head would run before it is paid. */
function generatorText(place: Place, name: string, links: Links): string {
  const { program } = place;
  const plain = place.variables.filter(({ kind }) => kind !== "generator");
  program.links = undefined;
  program.budget = 10;
  const head = parameters(insideFunction({ ...place, variables: plain }, "async generator"));
  program.links = links;
  program.budget = 20;
  const inside = withParameters(insideFunction(place, "async generator"), head.variables);
  return `async function* ${name}(${head.text}) { if (!fuel()) return;\n${statements(inside, 2)}\n}`;
}

/** The text of a module; of the entry with `main`, which is driven. */
function moduleText(
  place: Place,
  format: ModuleFormat,
  module: Module,
  others: readonly Module[],
  main?: Main,
): string {
  const { program } = place;
  const { random } = program;
  const links = noLinks(format, [module, ...others]);
  const variables: Variable[] = [];
  const imports = others.map((from) => (random.chance(0.85) ? importText(place, from, links, variables) : ""));
  for (const { kind, local } of module.exported) {
    if (!local) continue;
    know(links, kind, local);
    if (kind === "generator") links.own.push(local);
    if (kind === "variable") links.assignable.push(local);
    // A parameter whose default assigns to an export by a pattern is moved into the body by TypeScript.
    if (kind === "generator" || (kind === "variable" && format === "esm")) variables.push({ name: local, kind });
  }
  // Top-level variables of a module are no functions' own: nothing calls it again.
  const inside = withVariables({ ...place, canAwait: format === "esm" }, ...variables);
  // What goes on beside the rest is a matter of ticks.
  const request = program.concurrent ? `.next().then((r) => log("early", r), (e) => log("early", e))` : "";
  const early = links.generators.map(
    (each: string) => `try { log("early", typeof ${each}); ${each}()${request}; } catch (e) { log("early", e); }`,
  );
  const lines = module.lines.map((line) =>
    line.replace(GENERATOR, (_, name: string) => generatorText(inside, name, links)),
  );
  program.links = links;
  program.budget = 15;
  const top = random.chance(0.6) ? [statements(inside, 1 + random.below(2))] : [];
  const order = random.chance(0.5) ? [...early, ...lines, ...top] : [...lines, ...top, ...early];
  program.budget = 60;
  return [importsOfAll, ...imports, ...order, ...(main ? [main(inside), "export { main };"] : [])].join("\n");
}

const importsOfAll = `import { ${Object.keys(library(() => undefined)).join(", ")} } from "library";
import { fuel, tag, Made, frozen, o } from "./prelude";`;

/** A program of two or three modules. `main` makes the text of the entry's function of that name. */
export function modulesText(place: Place, format: ModuleFormat, prelude: string, main: Main): string {
  const { program } = place;
  const names = ["a", "b", ...(program.random.chance(0.5) ? ["c"] : [])];
  const modules = planned(place, names);
  for (const module of modules) {
    const from = modules.find((each) => each !== module && program.random.chance(0.3));
    if (from) module.lines.push(reexportText(place, module, from));
  }
  const texts = modules.map((module, index) => {
    const others = modules.filter((each) => each !== module);
    return heading(module.name) + moduleText(place, format, module, others, index ? undefined : main);
  });
  const exported = prelude.replace(/^(?=let|const|class)/gm, "export ");
  return [...texts, `${heading("prelude")}import { log } from "library";\n${exported}`].join("\n");
}
