/** `./lines.js` in TypeScript is the file `./lines.ts`, as tsc has it; so is `./lines` where it is required. */

/** Names to try where `specifier` is not there. What stands behind an imported file's name makes it another module. */
function sourceNames(specifier: string): string[] {
  const [, stem, kind, x, query = ""] = /^(.*?)\.([cm]?)js(x?)([?#].*)?$/.exec(specifier) ?? [];
  if (stem === undefined) return [];
  return (x || kind ? [`${stem}.${kind}ts${x}`] : [`${stem}.ts`, `${stem}.tsx`]).map((name) => name + query);
}

/** What `require` finds by less than a name: Node does so for its own kinds of files alone. */
function fullNames(request: string): string[] {
  return ["", "/index"].flatMap((end) => [".ts", ".tsx", ".cts"].map((kind) => request + end + kind));
}

function isNotFound(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
}

const isOwnFile = (specifier: string): boolean => /^(?:\.{1,2}$|\.{0,2}\/|file:)/.test(specifier);

/** The names that are worth another try after `error`, of `import`. */
export function otherNames(specifier: string, error: unknown): string[] {
  return isNotFound(error) && isOwnFile(specifier) ? sourceNames(specifier) : [];
}

/** The same of `require`. */
export function otherRequests(request: string, error: unknown): string[] {
  return isNotFound(error) && isOwnFile(request) ? [...sourceNames(request), ...fullNames(request)] : [];
}
