import * as $aclose from "aclose/runtime";
$aclose.requireAbi(3);
var chunks$ = /*#__PURE__*/ $aclose.declare(chunks, chunks$step, void 0, { positions: "file.ts:7,,,6,,2,,4" });
import { enter, leave } from "./ledger.js";
/** The text of a file, piece by piece. Closes the file. */
export function chunks(file, size = 256) {
    if (new.target) $aclose.rejectConstruct("chunks");
    return (chunks$ || $aclose.declare(chunks, chunks$step)).create(new chunks$vars(file, size));
}
function chunks$vars(file, size) {
    this.file = file;
    this.size = size;
    this.decoder = void 0;
    this.buffer = void 0;
    this.$completion = void 0;
    this.$result = void 0;
}
function chunks$step($, v) {
    let bytesRead;
    let s = $.state, c = $.mode, r = $.value;
    dispatch: for (;;) {
        for (; c === 1 || c === 2; c = 0) {
            if (s >= 1 && s <= 5) { v.$completion = c; v.$result = r; s = 6; continue; }
            if (c === 1) throw r;
            $.op = 3; return r;
        }
        try {
            switch (s) {
                case 0:
                    enter();
                    s = 1;
                case 1: // try
                    v.decoder = new TextDecoder();
                    v.buffer = new Uint8Array(v.size);
                case 2:
                    $.state = 3; $.op = 17;
                    return v.file.read(v.buffer, 0, v.size); // await
                case 3:
                    ({ bytesRead } = $.value);
                    if (bytesRead === 0) {
                        v.$result = void 0;
                        v.$completion = 2;
                        s = 6;
                        continue dispatch;
                    }
                case 4:
                    $.state = 5; $.op = 18;
                    return v.decoder.decode(v.buffer.subarray(0, bytesRead), { stream: true }); // yield
                case 5:
                    s = 2; continue;
                case 6: // finally
                    v.size = v.decoder = v.buffer = void 0;
                    leave();
                    $.state = 7; $.op = 1;
                    return v.file.close(); // await
                case 7: if (v.$completion === 1) {
                        throw v.$result;
                    }
                    if (v.$completion === 2) {
                        $.op = 3; return v.$result;
                    }
                    $.op = 3; return;
            }
        }
        catch (e) {
            c = 1; r = e;
        }
    }
}
