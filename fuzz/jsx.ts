/** The same program with JSX: some of its calls become elements, whose attributes and children are what was passed. */

import ts from "typescript";
import type { Random } from "./random.js";

/** What the elements call, and what stands for a fragment, is in every program. */
const factory = `
function jsx(tag, props, ...children) { return log("jsx", typeof tag === "function" ? tag.name : tag, props, ...children); }`;

/** Babel prints no parentheses around an element, without which TypeScript does not read it as an operand. */
const isOperand = ({ parent }: ts.Node): boolean => {
  const outer = ts.isParenthesizedExpression(parent) ? parent.parent : parent;
  return (
    ts.isLeftHandSideExpression(outer) ||
    ts.isBinaryExpression(outer) ||
    ts.isPrefixUnaryExpression(outer) ||
    ts.isDeleteExpression(outer)
  );
};

/** Tags that are names, members, and what compiled code may have elsewhere. */
const tags = ["i", "my-tag", "a:b", "Made", "o.m", "Made.prototype.m"];

const isArgument = (node: ts.Expression): boolean =>
  (ts.isCallExpression(node.parent) || ts.isNewExpression(node.parent)) && node.parent.expression !== node;

const isReplaced = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === "log" &&
  !node.arguments.some(ts.isSpreadElement);

function attribute(random: Random, text: string): string {
  return random.pick([
    ` a={${text}}`,
    ` data-b={${text}}`,
    ` c:d={${text}}`,
    ` s="t&amp;u" key={${text}} flag`,
    ` {...{ e: ${text} }}`,
    ` {...(${text})}`,
  ]);
}

const child = (random: Random, text: string): string =>
  random.pick([
    `{${text}}`,
    ` one {${text}} two\n  three `,
    `{/* none */}{${text}}`,
    `<b f={${text}} />`,
    `<>{${text}}</>`,
  ]);

function element(random: Random, texts: readonly string[]): string {
  const inside = texts.map((text) => ({ text, isChild: random.chance(0.5) }));
  const children = inside.filter(({ isChild }) => isChild).map(({ text }) => child(random, text));
  const attributes = inside.filter(({ isChild }) => !isChild).map(({ text }) => attribute(random, text));
  if (attributes.length === 0 && random.chance(0.4)) return `<>${children.join("")}</>`;
  const tag = random.pick(tags);
  const head = `<${tag}${attributes.join("")}`;
  return children.length ? `${head}>${children.join("")}</${tag}>` : `${head} />`;
}

export function withJsx(source: string, random: Random): string {
  const file = ts.createSourceFile("program.jsx", source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JSX);
  const print = (node: ts.Node): string => {
    if (isReplaced(node) && (isArgument(node) || !isOperand(node)) && random.chance(0.4)) {
      // Behind a template or a number it would be a comparison.
      return `(${element(random, node.arguments.map(operand))})`;
    }
    let text = "";
    let from = node.getStart(file);
    ts.forEachChild(node, (each) => {
      text += source.slice(from, each.getStart(file)) + print(each);
      from = each.getEnd();
    });
    return text + source.slice(from, node.getEnd());
  };
  const operand = (node: ts.Expression): string => (ts.isYieldExpression(node) ? `(${print(node)})` : print(node));
  return print(file) + factory;
}
