/**
 * A `for await` loop of an ordinary async function over the runtime's reader. Where the reader has a compiled generator
 * in hand, an item costs one await of a promise that the generator settles itself, or none when fused. A body
 * that can be a function of its own is given to the runtime's loop, which needs no awaits at all for such a generator.
 */

import type ts from "typescript";
import type { ForAwait } from "../syntax/consumers.js";
import { exitsOf } from "../syntax/suspension.js";
import { api } from "../typescript.js";
import type { Exits, SourcePrinter } from "./source-printer.js";
import { mentionOfItem } from "./untyped.js";

export interface ConsumerNames {
  /** Whether the body becomes a function. */
  readonly isCalled: boolean;
  readonly reader: string;
  /** What the body catches, or what it is given. */
  readonly error: string;
  readonly isFused: boolean;
}

type Labels = readonly ts.LabeledStatement[];

/** `labels` are those of the loop: they must stand directly before it. */
export function printConsumer(printer: SourcePrinter, node: ForAwait, names: ConsumerNames, labels: Labels = []): void {
  if (names.isCalled) printCalled(printer, node, names, labels);
  else printInPlace(printer, node, names, labels);
}

function printInPlace(
  printer: SourcePrinter,
  node: ForAwait,
  { reader, error, isFused }: ConsumerNames,
  labels: Labels,
): void {
  const { out, unit } = printer;
  // tsc prints what is in a block on lines of its own, which the place of the block says nothing about.
  out.write("{ ", -1).write(`const ${reader} = ${unit.runtime}.reader(`, startOf(node, labels));
  printer.print(node.expression);
  out.write(isFused ? ", true); try { " : "); try { ");
  // A breakpoint on the line of a label would be in each round.
  for (const { label } of labels) out.write(`${label.getText()}: `, -1);
  const item = itemStart(node);
  out.write(
    `for (;;) { if (!${reader}.pull()) ${reader}.take(await ${reader}.pending); if (${reader}.done) break; `,
    item,
  );
  printHead(printer, node.initializer, `${reader}.enter()`);
  printer.print(node.statement);
  // At the place of what is tested before each round: to coverage all of it is one statement and one branch, which have run.
  out.write(` } } catch (${error}) { ${reader}.fail(${error}); } finally { `, item);
  out.write(
    `if (${reader}.isOpen) try { if (${reader}.close()) ${reader}.closed(await ${reader}.pending); } catch (${error}) { ${reader}.closeFailed(${error}); } `,
  );
  out.write(`${reader}.rethrow(); } }`);
}

/** The body as a function that answers nothing to go on, or the number of the jump that has left it. */
function printCalled(printer: SourcePrinter, node: ForAwait, names: ConsumerNames, labels: Labels): void {
  const { out, unit } = printer;
  const { reader: loop, error: item, isFused } = names;
  const leaves: Leaves = { loop, own: new Set(labels.map(({ label }) => label.text)), jumps: [...LEAVES] };
  out.write("{ ", -1).write(`const ${loop} = ${unit.runtime}.loop(`, startOf(node, labels));
  printer.print(node.expression);
  out.write(`, (${item}) => { `);
  const exits = exitsInto(node.statement, leaves);
  printHead(printer, node.initializer, item);
  printer.with({ exits }).print(node.statement);
  out.write(` }${isFused ? ", true" : ""}); `);
  out.write(
    `try { while (${loop}.run()) ${loop}.take(await ${loop}.pending); } finally { ${loop}.rethrow(); }`,
    itemStart(node),
  );
  leaves.jumps.forEach((jump, code) => {
    if (code >= LEAVES.length) out.write(` if (${loop}.exit === ${code}) ${jump};`);
  });
  out.write(" }");
}

/** What the first answers of a body mean is the same everywhere. */
const LEAVES = ["continue", "break"];

interface Leaves {
  readonly loop: string;
  /** The loop's own labels. */
  readonly own: ReadonlySet<string>;
  /** What each answer stands for. */
  readonly jumps: string[];
}

function exitsInto(body: ts.Statement, { loop, own, jumps }: Leaves): Exits {
  const codeOf = (jump: string): number => {
    if (!jumps.includes(jump)) jumps.push(jump);
    return jumps.indexOf(jump);
  };
  return new Map(
    exitsOf(body).map((exit) => [
      exit,
      (printer) => {
        const { out } = printer;
        const start = exit.getStart();
        if (!api.isReturnStatement(exit)) {
          const label = exit.label && !own.has(exit.label.text) ? ` ${exit.label.text}` : "";
          const code = codeOf(`${api.isContinueStatement(exit) ? "continue" : "break"}${label}`);
          return void out.write(code === 0 ? "return;" : `return ${code};`, start);
        }
        const code = codeOf(`return ${loop}.value`);
        if (!exit.expression) return void out.write(`return ${code};`, start);
        out.write("{ ", -1).write(`${loop}.value = (`, start);
        printer.print(exit.expression);
        out.write(`); return ${code}; }`);
      },
    ]),
  );
}

const startOf = (node: ForAwait, labels: Labels): number => (labels[0] ?? node).getStart();

/** Where a loop waits for its next item, as stack traces have it. */
function itemStart({ initializer }: ForAwait): number {
  return (api.isVariableDeclarationList(initializer) ? initializer.declarations[0]!.name : initializer).getStart();
}

function printHead(printer: SourcePrinter, head: ts.ForInitializer, item: string): void {
  const { out, unit } = printer;
  const isDeclaration = api.isVariableDeclarationList(head);
  if (!isDeclaration) out.write("(");
  printer.print(head);
  out.write(` = ${item}${isDeclaration ? "" : ")"}; `);
  if (isDeclaration) out.write(mentionOfItem(head.declarations[0]!.name, unit));
}
