/** `./lines.js` in TypeScript is the file `./lines.ts`, as tsc has it. */

/** Names to try where `specifier` is not there. */
export function sourceNames(specifier: string): string[] {
  const [, stem, kind, x] = /^(.*)\.([cm]?)js(x?)$/.exec(specifier) ?? [];
  if (stem === undefined) return [];
  return x || kind ? [`${stem}.${kind}ts${x}`] : [`${stem}.ts`, `${stem}.tsx`];
}

export function isNotFound(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
}

const isOwnFile = (specifier: string): boolean => /^(?:\.{0,2}\/|file:)/.test(specifier);

/** The names that are worth another try after `error`. */
export function otherNames(specifier: string, error: unknown): string[] {
  return isNotFound(error) && isOwnFile(specifier) ? sourceNames(specifier) : [];
}
