"use aclose";

import type { FileHandle } from "node:fs/promises";
import { enter, leave } from "./ledger.js";

/** The text of a file, piece by piece. Closes the file. */
export async function* chunks(file: FileHandle, size = 256): AsyncGenerator<string> {
  enter();
  try {
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(size);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, size);
      if (bytesRead === 0) return;
      yield decoder.decode(buffer.subarray(0, bytesRead), { stream: true });
    }
  } finally {
    leave();
    await file.close();
  }
}
