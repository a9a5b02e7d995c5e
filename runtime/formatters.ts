/** How consoles show a generator. Installed on request only: ECMAScript knows no such properties. */

import { circumstances, standing, titled } from "./describe.js";
import { coreOf } from "./handle.js";
import { inspectAsyncGenerator, localsOf } from "./inspect.js";
import { asyncGeneratorPrototype } from "./native-prototypes.js";

interface Shown {
  readonly title: string;
  readonly fields: Record<string, unknown>;
}

/** Undefined for what is no compiled generator. */
function shown(value: unknown): Shown | undefined {
  const core = coreOf(value);
  if (core === undefined) return undefined;
  const inspection = inspectAsyncGenerator(value);
  const { awaited, readBy } = inspection;
  const title = [`AsyncGenerator ${titled(inspection)}: ${standing(inspection)}`, ...circumstances(inspection)].join(
    "; ",
  );
  const locals = localsOf(core);
  const known = {
    ...(awaited === undefined ? {} : { awaited }),
    ...(readBy === undefined ? {} : { readBy: titled(readBy) }),
    ...(Object.keys(locals).length === 0 ? {} : { locals }),
  };
  // What the program has put on it is shown as ever, and no getter called.
  const fields = Object.defineProperties(known, Object.getOwnPropertyDescriptors(value as object));
  return { title, fields };
}

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

interface InspectOptions {
  readonly depth?: number | null;
}
type Inspect = (value: unknown, options: InspectOptions & { customInspect?: boolean }) => string;

function inspectGenerator(this: unknown, depth: number | null, options: InspectOptions, inspect: Inspect): string {
  const found = shown(this);
  if (found === undefined) return inspect(this, { ...options, depth, customInspect: false });
  if (depth !== null && depth < 0) return `[${found.title}]`;
  if (Object.keys(found.fields).length === 0) return `${found.title} {}`;
  return `${found.title} ${inspect(found.fields, { ...options, depth: depth === null ? null : depth - 1 })}`;
}

/**
 * Has Node's `util.inspect`, and so `console.log`, say where generators stand. Returns a function that undoes it. Does nothing where
 * the intrinsics are frozen.
 */
export function installInspectFormatter(): () => void {
  Reflect.defineProperty(asyncGeneratorPrototype, inspectCustom, {
    value: inspectGenerator,
    writable: true,
    enumerable: false,
    configurable: true,
  });
  return () => {
    delete asyncGeneratorPrototype[inspectCustom];
  };
}

type JsonMl = readonly [tag: string, attributes: object, ...children: unknown[]];

interface DevtoolsFormatter {
  header(value: unknown): JsonMl | null;
  hasBody(value: unknown): boolean;
  body(value: unknown): JsonMl | null;
}

const devtoolsFormatter: DevtoolsFormatter = {
  header(value) {
    const found = shown(value);
    return found === undefined ? null : ["span", {}, found.title];
  },
  hasBody: (value) => Object.keys(shown(value)?.fields ?? {}).length > 0,
  body(value) {
    const fields = Object.entries(shown(value)?.fields ?? {});
    const items = fields.map(([name, object]) => ["div", {}, `${name}: `, ["object", { object }]]);
    return ["div", { style: "margin-left: 1em" }, ...items];
  },
};

/**
 * Has the console of Chrome's developer tools say where generators stand, with "Custom formatters" switched on in its settings.
 * Returns a function that undoes it.
 */
export function installDevtoolsFormatter(): () => void {
  const page = globalThis as { devtoolsFormatters?: DevtoolsFormatter[] };
  page.devtoolsFormatters ??= [];
  const formatters = page.devtoolsFormatters;
  if (!formatters.includes(devtoolsFormatter)) formatters.push(devtoolsFormatter);
  return () => {
    const index = formatters.indexOf(devtoolsFormatter);
    if (index >= 0) formatters.splice(index, 1);
  };
}
