/** One line that says how far a long command is: on a terminal only, and only after a moment. */

const patience = 500;
const interval = 100;

export function progress(what: string, total: number): { step(): void; end(): void } {
  if (!process.stderr.isTTY) return { step() {}, end() {} };
  const start = Date.now();
  let done = 0;
  let shownAt = 0;
  return {
    step() {
      done++;
      const now = Date.now();
      if (now - start < patience || now - shownAt < interval) return;
      shownAt = now;
      process.stderr.write(`\r\x1b[K${what} ${done} of ${total} files`);
    },
    end() {
      if (shownAt > 0) process.stderr.write("\r\x1b[K");
    },
  };
}
