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
      return String(value);
  }
}

function showObject(value: object, depth: number): string {
  try {
    if (value instanceof Error) return `${value.name}: ${value.message}`;
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
    const keys = Object.keys(value);
    if (keys.length === 0) return prefix === "" ? "{}" : prefix.trim();
    if (depth > 2) return `${prefix}{…}`;
    const fields = keys.slice(0, 8).map((key) => `${key}: ${show((value as Record<string, unknown>)[key], depth + 1)}`);
    return `${prefix}{ ${fields.join(", ")}${keys.length > 8 ? ", …" : ""} }`;
  } catch {
    return "an object that cannot be shown";
  }
}
