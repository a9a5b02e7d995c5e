/**
 * A `for await` loop of an ordinary async function over the runtime's reader. Where the reader has a compiled generator
 * in hand, an item costs two plain awaits, which is what the promises between the two take, or none when fused.
 */

import type ts from "typescript";
import type { ForAwait } from "../syntax/consumers.js";
import { api } from "../typescript.js";
import type { SourcePrinter } from "./source-printer.js";

export interface ConsumerNames {
  readonly reader: string;
  readonly error: string;
  readonly isFused: boolean;
}

/** `labels` are those of the loop: they must stand directly before it. */
export function printConsumer(
  printer: SourcePrinter,
  node: ForAwait,
  { reader, error, isFused }: ConsumerNames,
  labels: readonly ts.LabeledStatement[] = [],
): void {
  const { out, unit } = printer;
  out.write(`{ const ${reader} = ${unit.runtime}.reader(`, node.getStart());
  printer.print(node.expression);
  out.write(isFused ? ", true); try { " : "); try { ");
  for (const { label } of labels) out.slice(label.getStart(), label.end).write(": ");
  const ready = isFused
    ? `if (!${reader}.pull()) `
    : `if (${reader}.pull()) { await 0; ${reader}.arrive(); await 0; } else `;
  out.write(`for (;;) { ${ready}${reader}.take(await ${reader}.pending); if (${reader}.done) break; `);
  printHead(printer, node.initializer, `${reader}.enter()`);
  printer.print(node.statement);
  out.write(` } } catch (${error}) { ${reader}.fail(${error}); } finally { `);
  out.write(
    `if (${reader}.isOpen) try { if (${reader}.close()) ${reader}.closed(await ${reader}.pending); } catch (${error}) { ${reader}.closeFailed(${error}); } `,
  );
  out.write(`${reader}.rethrow(); } }`);
}

function printHead(printer: SourcePrinter, head: ts.ForInitializer, item: string): void {
  const { out } = printer;
  const isDeclaration = api.isVariableDeclarationList(head);
  if (!isDeclaration) out.write("(");
  printer.print(head);
  out.write(` = ${item}${isDeclaration ? "" : ")"}; `);
}
