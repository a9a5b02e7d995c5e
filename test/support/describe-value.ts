/** Values as text for event logs: equal structure gives equal text, and identity is a label in order of first appearance. */

const engineErrors = new Set(["TypeError", "ReferenceError", "RangeError", "SyntaxError"]);

/** A loop of `s += s` makes longer strings than any log can take. */
const LONG = 400;

type DescribeValue = (value: unknown) => string;

/** A text in which the program may have put what an engine error says. */
export const withoutMessage = (text: string): string =>
  text.replace(/((?:Type|Reference|Range|Syntax)Error): .*/s, "$1");

function string(value: string): string {
  return JSON.stringify(value.length > LONG ? `${value.slice(0, LONG)}…` : withoutMessage(value));
}

function primitive(value: unknown): string {
  if (typeof value === "string") return string(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  return String(value);
}

/** Messages of engine errors quote the source text, which a compiler may change. Only the program's own are compared. */
function error(value: Error): string {
  const name = String(value.name);
  const inner = value as { error?: unknown; suppressed?: unknown; errors?: unknown };
  if (name === "SuppressedError")
    return `SuppressedError(${primitiveOrError(inner.error)}, ${primitiveOrError(inner.suppressed)})`;
  return engineErrors.has(name) ? name : `${name}: ${value.message}`;
}

function primitiveOrError(value: unknown): string {
  return value instanceof Error ? error(value) : Object(value) === value ? "object" : primitive(value);
}

function propertyText(key: PropertyKey, descriptor: PropertyDescriptor, describe: DescribeValue): string {
  const name = typeof key === "symbol" ? `[${String(key)}]` : withoutMessage(key as string);
  if (!("value" in descriptor)) return `${name}: accessor`;
  return `${name}: ${describe(descriptor.value)}`;
}

function structure(value: object, describe: DescribeValue): string {
  const keys = Reflect.ownKeys(value).filter((key) => !(Array.isArray(value) && key === "length"));
  const texts = keys.map((key) => propertyText(key, Reflect.getOwnPropertyDescriptor(value, key)!, describe));
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (Array.isArray(value)) return `[${texts.join(", ")}]`;
  return `${tag === "Object" ? "" : `${tag} `}{${texts.join(", ")}}`;
}

/**
 * A describer with its own labels. An object is written out where it first appears, and by its label after that; what
 * lies deeper inside an object than `depth` only by its label.
 */
export function describer(depth = Number.POSITIVE_INFINITY): DescribeValue {
  const labels = new Map<object, string>();
  let level = 0;
  const describe: DescribeValue = (value) => {
    if (typeof value === "function") return `function ${withoutMessage(String(value.name))}/${value.length}`;
    if (typeof value !== "object" || value === null) return primitive(value);
    if (value === globalThis) return "globalThis";
    const known = labels.get(value);
    if (known) return known;
    if (value instanceof Error) return error(value);
    labels.set(value, `#${labels.size + 1}`);
    if (level === depth) return labels.get(value)!;
    level++;
    try {
      return `${labels.get(value)}${structure(value, describe)}`;
    } finally {
      level--;
    }
  };
  return describe;
}
