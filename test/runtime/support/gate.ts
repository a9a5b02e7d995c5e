/** A promise that a test lets go: Python's future. */
export class Gate {
  open!: (value?: unknown) => void;
  readonly promise = new Promise((resolve) => (this.open = resolve));
}
