/**
 * `yield` while something exclusive is held: a lock that a `finally` or a `using` releases, or a store that
 * `AsyncLocalStorage` was told to enter. The consumer may keep the generator waiting for as long as it likes.
 */

import type ts from "typescript";
import { isUsing } from "../syntax/suspension.js";
import { api } from "../typescript.js";
import { type Finding, ownNodes, type Rule, yieldsIn } from "./rule.js";

const releases = /^(?:release|unlock|leave)(?:Lock|Sync|Async)?$/;
const acquires = /^(?:acquire|lock|enter|request)(?:Lock|Sync|Async)?$/;

export const yieldWhileHolding: Rule = ({ generators }) =>
  generators.flatMap(({ body }) => unique([...insideTry(body), ...insideUsing(body), ...insideContext(body)]));

/** Between an acquisition and the `finally` that releases it. */
function insideTry(body: ts.Block): Finding[] {
  return ownNodes(body, api.isTryStatement).flatMap(({ tryBlock, finallyBlock }) => {
    const release =
      finallyBlock &&
      ownNodes(finallyBlock, api.isCallExpression).find(
        (call) => releases.test(methodName(call)) && !releasesStream(call),
      );
    return release
      ? yieldsIn(tryBlock).map((node) => ({ node, subject: `what "${methodName(release)}" releases` }))
      : [];
  });
}

/** A reader of a stream is one for as long as it holds the stream's lock. */
function releasesStream(call: ts.CallExpression): boolean {
  return methodName(call) === "releaseLock" && call.arguments.length === 0;
}

/** In the scope of a `using` declaration that acquires. */
function insideUsing(body: ts.Block): Finding[] {
  return ownNodes(body, api.isVariableStatement)
    .filter(({ declarationList }) => isUsing(declarationList))
    .flatMap((statement) => {
      const call = ownNodes(statement, api.isCallExpression).find((each) => acquires.test(methodName(each)));
      if (!call) return [];
      return yieldsIn(statement.parent)
        .filter((node) => node.pos >= statement.end)
        .map((node) => ({ node, subject: `what "${methodName(call)}" acquired` }));
    });
}

/** After `storage.enterWith()`, and in delegation to what `storage.run()` returns. */
function insideContext(body: ts.Block): Finding[] {
  const calls = ownNodes(body, api.isCallExpression);
  const entered = calls.find((call) => methodName(call) === "enterWith");
  return yieldsIn(body)
    .filter(
      (node) =>
        (entered && node.pos > entered.end) || (node.asteriskToken && node.expression && isContextRun(node.expression)),
    )
    .map((node) => ({ node, subject: "an AsyncLocalStorage store" }));
}

function isContextRun(node: ts.Expression): boolean {
  return api.isCallExpression(node) && methodName(node) === "run" && node.arguments.length >= 2;
}

function methodName(call: ts.CallExpression): string {
  return api.isPropertyAccessExpression(call.expression) ? call.expression.name.text : "";
}

function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [finding.node, finding])).values()];
}
