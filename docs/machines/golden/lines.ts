
import * as $aclose from "aclose/runtime"; $aclose.requireAbi(3);
var lines$: any = /*#__PURE__*/ $aclose.declare(lines, lines$step, void 0, { positions: "lines.ts:5,,,2,,,1,,-1,,,,4" });

import type { FileHandle } from "node:fs/promises";

export function lines(file: FileHandle): AsyncGenerator<any, any, any> {
  if (new.target) $aclose.rejectConstruct("lines");
  return (lines$ || $aclose.declare(lines, lines$step)).create(new (lines$vars as any)(file)) as any;
}
function lines$vars(this: any, file: any) {
  this.file = file;
  this.$completion = void 0;
  this.$result = void 0;
  this.$iterator = void 0;
  this.$completion$1 = void 0;
  this.$result$1 = void 0;
}
function lines$step($: any, v: any): any {
  let line: any;
  let s = $.state, c = $.mode, r = $.value;
  for (;;) {
    for (; c === 1 || c === 2; c = 0) {
      if (s >= 4 && s <= 6) { v.$completion$1 = c; v.$result$1 = r; s = 7; continue; }
      if (s >= 1 && s <= 10) { v.$completion = c; v.$result = r; s = 11; continue; }
      if (c === 1) throw r;
      $.op = 3; return r;
    }
    try {
      switch (s) {
        case 0:
          s = 1;
        case 1: // try
          v.$iterator = $aclose.asyncIterator(v.file.readLines());
        case 2:
          $.state = 3; $.op = 21; return v.$iterator; // next
        case 3:
          if ($.mode === 3) {
            s = 10; continue;
          }
          s = 4;
        case 4: // try
          line = $.value;
          if (!(line !== "")) {
            s = 2; continue;
          }
        case 5:
          $.state = 6; $.op = 18; return line; // yield
        case 6:
          s = 2; continue;
        case 7: // finally
          $.state = 8; $.op = v.$completion$1 === 1 ? 7 : 6;
          return v.$iterator; // close
        case 8:
          v.$iterator = void 0;
          if (v.$completion$1 === 1) {
            throw v.$result$1;
          }
        case 9:
          v.$result = v.$result$1;
          v.$completion = 2;
          s = 11; continue;
        case 10:
          v.$iterator = void 0;
          v.$completion = 0;
          s = 11;
        case 11: // finally
          v.$iterator = v.$result$1 = void 0;
          $.state = 12; $.op = 1; return v.file.close(); // await
        case 12:
          if (v.$completion === 1) {
            throw v.$result;
          }
          if (v.$completion === 2) {
            $.op = 3; return v.$result;
          }
          $.op = 3; return;
      }
    } catch (e) { c = 1; r = e; }
  }
}
