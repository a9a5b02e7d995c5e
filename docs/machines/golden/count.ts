
import * as $aclose from "aclose/runtime"; $aclose.requireAbi(3);
var count$: any = /*#__PURE__*/ $aclose.declare(count, count$step, void 0, { positions: "count.ts:3,,,1" });

export function count(to: number): AsyncGenerator<any, any, any> {
  if (new.target) $aclose.rejectConstruct("count");
  return (count$ || $aclose.declare(count, count$step)).create(new (count$vars as any)(to)) as any;
}
function count$vars(this: any, to: any) {
  this.to = to;
  this.n = 0;
}
function count$step($: any, v: any): any {
  if ($.mode) return $aclose.abrupt($);
  let s = $.state;
  for (;;) switch (s) {
    case 0:
      v.n = 0;
    case 1:
      if (!(v.n < v.to)) {
        $.op = 3; return;
      }
    case 2:
      $.state = 3; $.op = 2; return v.n; // yield
    case 3:
      v.n++;
      s = 1; continue;
  }
}
