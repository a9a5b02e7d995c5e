import { Mode } from "./abi.js";
import type { Core } from "./core.js";
import type { Turn } from "./drive.js";
import { EXIT } from "./exit.js";
import { apply, asMethod, IntrinsicTypeError, isObject } from "./intrinsics.js";
import { answer, type Pending } from "./pending.js";
import { Status } from "./status.js";
import { suppressed } from "./suppressed-error.js";
import { awaitValue } from "./waker.js";

/** A DisposableResource record ({@link https://tc39.es/ecma262/#sec-disposableresource-records}). */
interface Resource {
  readonly value: unknown;
  readonly method: Function | undefined;
  readonly asynchronous: boolean;
}

/** A DisposeCapability record, and the disposal of what it holds. */
export class DisposalScope implements Pending {
  private readonly resources: Resource[] = [];
  private failed = false;
  private error: unknown = undefined;
  private needsAwait = false;
  private hasAwaited = false;
  /** Whether disposal ends with a return completion: the generator was closed meanwhile. */
  private returning = false;

  /** `AddDisposableResource` for `using`. Returns the value. */
  use<T>(value: T): T {
    if (value !== null && value !== undefined) {
      this.resources.push({ value, method: disposeMethod(value, false), asynchronous: false });
    }
    return value;
  }

  /** `AddDisposableResource` for `await using`. Returns the value. */
  useAsync<T>(value: T): T {
    const method = value === null || value === undefined ? undefined : disposeMethod(value, true);
    this.resources.push({ value, method, asynchronous: true });
    return value;
  }

  /** Makes the completion that disposal ends with a throw completion. */
  fail(error: unknown): void {
    this.error = error;
    this.failed = true;
  }

  /** `DisposeResources` ({@link https://tc39.es/ecma262/#sec-disposeresources}), up to its next await. */
  receive(core: Core): Turn | null {
    core.standing = Status.Calling;
    for (let resource = this.resources.pop(); resource !== undefined; resource = this.resources.pop()) {
      if (!resource.asynchronous && this.needsAwait && !this.hasAwaited) {
        this.needsAwait = false;
        this.resources.push(resource);
        return this.await(core, undefined);
      }
      if (resource.method === undefined) {
        this.needsAwait = true;
        continue;
      }
      try {
        const result = apply(resource.method, resource.value, []);
        if (!resource.asynchronous) continue;
        this.hasAwaited = true;
        if (this.await(core, result) === null) return null;
        throw core.value;
      } catch (error) {
        this.addFailure(error);
      }
    }
    if (this.needsAwait && !this.hasAwaited) {
      this.needsAwait = false;
      return this.await(core, undefined);
    }
    const { error } = this;
    // The scope may outlive the disposal, and the error may refer to the generator.
    this.error = undefined;
    if (this.failed) return answer(core, Mode.Throw, error);
    return this.returning ? answer(core, Mode.Return, EXIT) : answer(core, Mode.Next, undefined);
  }

  wake(core: Core, mode: Mode, value: unknown): Turn | null {
    if (mode === Mode.Throw) this.addFailure(value);
    return this.receive(core);
  }

  /** No disposal reads a generator. */
  answered(): null {
    return null;
  }

  /** The resources that are left must still be disposed of. */
  interrupted(mode: Mode): boolean {
    if (mode === Mode.Return) this.returning = true;
    return true;
  }

  private await(core: Core, value: unknown): Turn | null {
    core.standing = Status.Operating;
    return awaitValue(core, value, value);
  }

  private addFailure(error: unknown): void {
    this.fail(this.failed ? suppressed(error, this.error) : error);
  }
}

/** A new disposal scope for a block with `using` or `await using`. */
export function disposal(): DisposalScope {
  return new DisposalScope();
}

/** `CreateDisposableResource` and `GetDisposeMethod` ({@link https://tc39.es/ecma262/#sec-getdisposemethod}). */
function disposeMethod(value: unknown, asynchronous: boolean): Function {
  if (!isObject(value)) throw new IntrinsicTypeError("A disposable resource must be an object, null or undefined");
  let method: Function | undefined;
  if (asynchronous) {
    method = asMethod((value as Partial<AsyncDisposable>)[Symbol.asyncDispose], Symbol.asyncDispose);
    if (method !== undefined) return method;
  }
  method = asMethod((value as Partial<Disposable>)[Symbol.dispose], Symbol.dispose);
  if (method === undefined) throw new IntrinsicTypeError("The value is not disposable");
  return asynchronous ? promised(method) : method;
}

/** The synchronous method as an asynchronous one, whose result nobody sees. */
function promised(method: Function): Function {
  return async function (this: unknown): Promise<void> {
    apply(method, this, []);
  };
}
