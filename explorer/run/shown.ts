/** A value as a person would write it, on one line. Runs no code of the value but its getters. */

const longest = 120;

export function shown(value: unknown): string {
  const text = show(value, 0);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function show(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return `ƒ ${value.name || "anonymous"}`;
    case "object":
      return value === null ? "null" : showObject(value, depth);
    default:
      return Object.is(value, -0) ? "-0" : String(value);
  }
}

function showObject(value: object, depth: number): string {
  try {
    if (value instanceof Error) return value.message === "" ? value.name : `${value.name}: ${value.message}`;
    if (value instanceof RegExp) return String(value);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (Array.isArray(value)) {
      if (depth > 2) return "[…]";
      return `[${value
        .slice(0, 12)
        .map((each) => show(each, depth + 1))
        .join(", ")}${value.length > 12 ? ", …" : ""}]`;
    }
    const prototype = Object.getPrototypeOf(value) as object | null;
    const named = (prototype?.constructor as { name?: string } | undefined)?.name;
    // What makes generators has a name, what makes their prototypes has none.
    const name = named || (value as { [Symbol.toStringTag]?: string })[Symbol.toStringTag] || "Object";
    const prefix = prototype === null || prototype === Object.prototype ? "" : `${name} `;
    const fields = fieldsOf(value);
    if (fields.length === 0) return prefix === "" ? "{}" : prefix.trim();
    if (depth > 2) return `${prefix}{…}`;
    const parts = fields.slice(0, 8).map((part) => part(depth + 1));
    return `${prefix}{ ${parts.join(", ")}${fields.length > 8 ? ", …" : ""} }`;
  } catch {
    return "an object that cannot be shown";
  }
}

/** What stands between the braces, to be shown at a depth. */
function fieldsOf(value: object): ((depth: number) => string)[] {
  if (value instanceof Map)
    return [...value].map(
      ([key, item]) =>
        (depth) =>
          `${show(key, depth)} => ${show(item, depth)}`,
    );
  if (value instanceof Set) return [...value].map((item) => (depth) => show(item, depth));
  return Object.keys(value).map((key) => (depth) => `${key}: ${show((value as Record<string, unknown>)[key], depth)}`);
}
