"use aclose";

const tree = (depth) => (depth === 0 ? null : { value: depth, left: tree(depth - 1), right: tree(depth - 1) });
const trees = new Map();

/** Built once: the tree is not what is measured. */
export function treeOf(depth) {
  if (!trees.has(depth)) trees.set(depth, tree(depth));
  return trees.get(depth);
}

export async function* walk(node) {
  if (node.left !== null) yield* walk(node.left);
  yield node.value;
  if (node.right !== null) yield* walk(node.right);
}

export async function run({ walk, treeOf }, depth) {
  let sum = 0;
  for await (const each of walk(treeOf(depth))) sum = (sum * 3 + each) | 0;
  return sum;
}
