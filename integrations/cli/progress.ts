/** One line that says how far a long command is: on a terminal only. */

/** Milliseconds between two looks of the line. */
const interval = 100;

export interface Progress {
  /** One more file is done. */
  readonly step: () => void;
  /** Takes the line away. */
  readonly end: () => void;
}

export function progress(what: string, total: number, stream = process.stderr): Progress {
  if (!stream.isTTY) return { step() {}, end() {} };
  let done = 0;
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    step() {
      done++;
      const now = Date.now();
      if (now - shownAt < interval) return;
      shownAt = now;
      stream.write(`\r\x1b[K${what} ${done} of ${total} files`);
    },
    end() {
      if (done > 0) stream.write("\r\x1b[K");
    },
  };
}
