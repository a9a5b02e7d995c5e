/** What of Node's `process` the runtime uses. It is found at run time, so that nothing here binds a browser to Node. */
export interface NodeProcess {
  readonly pid: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
  on(event: string, listener: (...args: any[]) => void): unknown;
  prependListener(event: string, listener: (...args: any[]) => void): void;
  once(event: string, listener: (...args: any[]) => void): void;
  off(event: string, listener: (...args: any[]) => void): void;
  listenerCount(event: string): number;
  kill(pid: number, signal: string): void;
  nextTick(fn: () => unknown): void;
  exit(code?: number): never;
  getBuiltinModule?(name: string): any;
}

const candidate = (globalThis as { process?: any }).process;

/** Node's process object; undefined elsewhere. */
export const nodeProcess: NodeProcess | undefined = candidate?.versions?.node && candidate.once ? candidate : undefined;

/** A module of Node's own; undefined where there is none. */
export const nodeModule = (name: string): any => nodeProcess?.getBuiltinModule?.(name);
