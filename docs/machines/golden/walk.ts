
import * as $aclose from "aclose/runtime"; $aclose.requireAbi(3);
var walk$: any = /*#__PURE__*/ $aclose.declare(walk, walk$step, void 0, { positions: "walk.ts:8,1,,,1" });

export interface Tree {
  readonly value: string;
  readonly children: readonly Tree[];
}

export function walk(tree: Tree): AsyncGenerator<string> {
  if (new.target) $aclose.rejectConstruct("walk");
  return (walk$ || $aclose.declare(walk, walk$step)).create(new (walk$vars as any)(tree)) as any;
}
function walk$vars(this: any, tree: any) {
  this.tree = tree;
  this.$iterator = void 0;
}
function walk$step($: any, v: any): any {
  let $item: any, $completion: any, $result: any;
  let s = $.state, c = $.mode, r = $.value;
  for (;;) {
    for (; c === 1 || c === 2; c = 0) {
      if (s >= 3 && s <= 4) { $completion = c; $result = r; s = 5; continue; }
      if (c === 1) throw r;
      $.op = 3; return r;
    }
    try {
      switch (s) {
        case 0:
          $.state = 1; $.op = 2; return v.tree.value; // yield
        case 1:
          v.$iterator = $aclose.iterator(v.tree.children);
          v.tree = void 0;
        case 2:
          $item = v.$iterator.step();
          if (v.$iterator.done) {
            $.op = 3; return;
          }
          s = 3;
        case 3: { // try
          const child: any = $item;
          $.state = 4; $.op = 20; return $aclose.delegate($, (walk as any)(child)); // yield*
        }
        case 4:
          s = 2; continue;
        case 5: // finally
          v.$iterator.close($completion);
          if ($completion === 1) {
            throw $result;
          }
          $.op = 3; return $result;
      }
    } catch (e) { c = 1; r = e; }
  }
}
