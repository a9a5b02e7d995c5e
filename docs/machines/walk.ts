"use aclose";

export interface Tree {
  readonly value: string;
  readonly children: readonly Tree[];
}

export async function* walk(tree: Tree): AsyncGenerator<string> {
  yield tree.value;
  for (const child of tree.children) yield* walk(child);
}
