/** Which nodes are lists of statements. */

import type ts from "typescript";
import { api } from "../typescript.js";

/** With a scope of its own: what a `switch` holds has one for all of its clauses. */
export const isScopedList = (node: ts.Node): node is ts.Block | ts.ModuleBlock | ts.SourceFile =>
  api.isBlock(node) || api.isModuleBlock(node) || api.isSourceFile(node);

export const isStatementList = (node: ts.Node): node is ts.BlockLike =>
  isScopedList(node) || api.isCaseOrDefaultClause(node);
