"use aclose";

import type { FileHandle } from "node:fs/promises";

export async function* lines(file: FileHandle) {
  try {
    for await (const line of file.readLines()) {
      if (line !== "") yield line;
    }
  } finally {
    await file.close();
  }
}
