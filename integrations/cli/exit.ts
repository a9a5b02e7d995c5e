/** How the command line ends. */

export const ExitCode = {
  Fine: 0,
  /** The files have errors. */
  Errors: 1,
  /** The command itself cannot be carried out: wrong arguments, no files, no right to read or write. */
  Usage: 2,
  /** A fault of aclose itself. */
  Fault: 3,
} as const;

/** The command cannot be carried out; the message says why. */
export class UsageError extends Error {}
