
import * as $aclose from "aclose/runtime"; $aclose.requireAbi(2);
var walk$: any = /*#__PURE__*/ $aclose.declare(walk, walk$step, undefined, { positions: "walk.ts:8,1,,,1" });

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
  this.$iterator = undefined;
}
function walk$step($: any, v: any): any {
  let $item: any, $completion: any, $result: any;
  let s = $.state;
  if ($.mode === 2) {
    if (s >= 3 && s <= 4) { $completion = 2; $result = $.value; s = 5; }
    else { $.op = 3; return $.value; }
  }
  for (;;) try {
    if ($.mode === 1) { $.mode = 0; throw $.value; }
    switch (s) {
      case 0:
        $.state = 1; $.op = 2; return v.tree.value; // yield
      case 1:
        v.$iterator = $aclose.iterator(v.tree.children);
        v.tree = undefined;
      case 2:
        $item = v.$iterator.step();
        if (v.$iterator.done) { $.op = 3; return; }
        s = 3;
      case 3: { // try
        const child: any = $item;
        $.state = 4; $.op = 20; return $aclose.delegate($, (walk as any)(child)); // yield*
      }
      case 4:
        s = 2; continue;
      case 5: // finally
        if ($completion === 1) { s = 6; continue; }
        s = 7; continue;
      case 6:
        v.$iterator.closeQuietly();
        s = 8; continue;
      case 7:
        v.$iterator.close();
      case 8:
        if ($completion === 1) throw $result;
        if ($completion === 2) { $.op = 3; return $result; }
        s = 2; continue;
    }
  } catch (e) {
    if (s >= 3 && s <= 4) { $completion = 1; $result = e; s = 5; }
    else throw e;
  }
}
