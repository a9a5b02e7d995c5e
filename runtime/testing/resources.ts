/** What a program under test opens and must close. */
export interface TrackedResource extends AsyncDisposable, Disposable {
  /** As given to `open`. */
  readonly name: string;
  /** Until it is closed, also by a close that failed. */
  readonly isOpen: boolean;
  /** Closes it. Throws while cleanup is made to fail; the resource counts as closed all the same. */
  close(): void;
}

/** Thrown into generators, and by cleanups, to see what becomes of their resources. */
export class InjectedFault extends Error {
  override readonly name = "InjectedFault";
}

/** Counts what a program opens and closes. */
export class ResourceTracker {
  /** How many were opened. */
  opened = 0;
  /** How many were closed, also by a close that failed. */
  closed = 0;
  /** Set while an error inside cleanup is tried: the next close fails. */
  failsNextClose = false;
  private readonly open_ = new Map<TrackedResource, string>();

  /** Opens a resource, which must be closed however the generator ends. */
  open(name = "resource"): TrackedResource {
    this.opened++;
    const close = (): void => this.close(resource);
    const isOpen = (): boolean => this.open_.has(resource);
    const resource: TrackedResource = {
      name,
      get isOpen() {
        return isOpen();
      },
      close,
      [Symbol.dispose]: close,
      [Symbol.asyncDispose]: async () => {
        await null;
        close();
      },
    };
    this.open_.set(resource, `${name}${callSite()}`);
    return resource;
  }

  private close(resource: TrackedResource): void {
    if (!this.open_.delete(resource)) return;
    this.closed++;
    if (!this.failsNextClose) return;
    this.failsNextClose = false;
    throw new InjectedFault(`closing ${resource.name} failed`);
  }

  /** The resources that are open, each with the place that opened it. */
  leaked(): string[] {
    return [...this.open_.values()];
  }
}

/** Where the program called `open`: the third frame of the stack, behind this function and `open`. */
function callSite(): string {
  const frame = new Error().stack?.split("\n")[3]?.trim();
  return frame === undefined ? "" : ` (opened ${frame})`;
}
