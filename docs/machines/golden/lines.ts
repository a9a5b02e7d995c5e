
import * as $aclose from "aclose/runtime"; $aclose.requireAbi(2);
var lines$: any = /*#__PURE__*/ $aclose.declare(lines, lines$step, undefined, { positions: "lines.ts:5,,,2,,,1,,,,-1,,,,4" });

import type { FileHandle } from "node:fs/promises";

export function lines(file: FileHandle): AsyncGenerator<any, any, any> {
  if (new.target) $aclose.rejectConstruct("lines");
  return (lines$ || $aclose.declare(lines, lines$step)).create(new (lines$vars as any)(file)) as any;
}
function lines$vars(this: any, file: any) {
  this.file = file;
  this.$completion = undefined;
  this.$result = undefined;
  this.$iterator = undefined;
  this.$completion$1 = undefined;
  this.$result$1 = undefined;
}
function lines$step($: any, v: any): any {
  let line: any;
  let s = $.state;
  if ($.mode === 2) {
    if (s >= 4 && s <= 6) { v.$completion$1 = 2; v.$result$1 = $.value; s = 7; }
    else if (s >= 1 && s <= 12) { v.$completion = 2; v.$result = $.value; s = 13; }
    else { $.op = 3; return $.value; }
  }
  for (;;) try {
    if ($.mode === 1) { $.mode = 0; throw $.value; }
    switch (s) {
      case 0:
        s = 1;
      case 1: // try
        v.$iterator = $aclose.asyncIterator(v.file.readLines());
      case 2:
        $.state = 3; $.op = 21; return v.$iterator; // next
      case 3:
        if ($.mode === 3) { s = 12; continue; }
        s = 4;
      case 4: // try
        line = $.value;
        if (!(line !== "")) { s = 2; continue; }
      case 5:
        $.state = 6; $.op = 18; return line; // yield
      case 6:
        s = 2; continue;
      case 7: // finally
        if (v.$completion$1 === 1) { s = 8; continue; }
        s = 9; continue;
      case 8:
        $.state = 10; $.op = 7; return v.$iterator; // close
      case 9:
        $.state = 10; $.op = 6; return v.$iterator; // close
      case 10:
        if (v.$completion$1 === 1) throw v.$result$1;
        if (v.$completion$1 === 2) { s = 11; continue; }
        v.$result$1 = undefined;
        s = 2; continue;
      case 11:
        v.$iterator = undefined;
        v.$result = v.$result$1;
        v.$completion = 2;
        s = 13; continue;
      case 12:
        v.$iterator = undefined;
        v.$completion = 0;
        s = 13;
      case 13: // finally
        v.$result$1 = undefined;
        $.state = 14; $.op = 1; return v.file.close(); // await
      case 14:
        if (v.$completion === 1) throw v.$result;
        if (v.$completion === 2) { $.op = 3; return v.$result; }
        $.op = 3; return;
    }
  } catch (e) {
    if (s >= 4 && s <= 6) { v.$completion$1 = 1; v.$result$1 = e; s = 7; }
    else if (s >= 1 && s <= 12) { v.$completion = 1; v.$result = e; s = 13; }
    else throw e;
  }
}
