/** Which stages of the pipeline are at work, and in what order they ended. */
export const stages = { open: new Set<string>(), closed: [] as string[] };

/** A stage is at work until this is disposed of. */
export function enter(name: string): Disposable {
  stages.open.add(name);
  return {
    [Symbol.dispose]() {
      stages.open.delete(name);
      stages.closed.push(name);
    },
  };
}
