/** A fresh realm with the bindings that Test262 asks of its host. */

import vm from "node:vm";
import type { Compile } from "../test/support/compilers.js";

/** What runs a test, as its realms see it. */
export interface Host {
  readonly compile: Compile;
  /** Defines `__aclose` in a realm; absent where nothing is compiled. */
  readonly runtime: vm.Script | undefined;
  /** How scripts of the realm import modules. */
  readonly importModule: (specifier: string, referrer: unknown, context: vm.Context) => Promise<vm.Module>;
  readonly print: (message: unknown) => void;
}

/** Built inside the realm, so that every object of it is the realm's own. */
const hostObject = new vm.Script(
  `(function (host, global) {
  const $262 = {
    global,
    createRealm() { return host.createRealm(); },
    evalScript(source) { return host.evalScript(source); },
    detachArrayBuffer(buffer) { host.detachArrayBuffer(buffer); return null; },
    gc() { host.gc(); },
    agent: {
      start() { throw new Error("this host has no agents"); },
      broadcast() { throw new Error("this host has no agents"); },
      getReport() { return null; },
      sleep(milliseconds) { host.sleep(milliseconds); },
      monotonicNow() { return host.now(); },
    },
  };
  $262.IsHTMLDDA = host.undetectable;
  const define = (name, value) => Object.defineProperty(global, name, { value, writable: true, enumerable: false, configurable: true });
  define("$262", $262);
  define("print", function print(message) { host.print(message); });
})`,
  { filename: "test262-host.js" },
);

/** V8's own stand-in for `document.all`. The syntax exists only under `--allow-natives-syntax`. */
const undetectable: unknown = new vm.Script("%GetUndetectable()").runInThisContext();

const sleepCell = new Int32Array(new SharedArrayBuffer(4));

function newContext(): vm.Context {
  // An ordinary global object where Node has one: its property handlers are not those of the standard.
  const plain = (vm.constants as unknown as { DONT_CONTEXTIFY?: symbol }).DONT_CONTEXTIFY;
  return vm.createContext(plain as unknown as vm.Context);
}

/** A new realm. The result is its context, for `vm`. */
export function createRealm(host: Host): vm.Context {
  const context = newContext();
  const global = vm.runInContext("globalThis", context) as { $262: unknown; __aclose?: unknown };
  host.runtime?.runInContext(context);
  if (host.runtime) Object.defineProperty(global, "__aclose", { enumerable: false });
  hostObject.runInContext(context)(
    {
      createRealm: () => vm.runInContext("$262", createRealm(host)),
      evalScript: (source: string) => runScript(host, context, source, "evalScript.js"),
      detachArrayBuffer: (buffer: ArrayBuffer) => void structuredClone(buffer, { transfer: [buffer] }),
      gc: () => (globalThis as { gc?: () => void }).gc!(),
      sleep: (milliseconds: number) => void Atomics.wait(sleepCell, 0, 0, milliseconds),
      now: () => performance.now(),
      print: host.print,
      undetectable,
    },
    global,
  );
  return context;
}

/** Compiles a script and evaluates it in the realm. Syntax errors are the realm's own. */
function runScript(host: Host, context: vm.Context, source: string, filename: string): unknown {
  const { code } = host.compile(source, { module: "script", fileName: filename });
  return vm.runInContext(code, context, {
    filename,
    importModuleDynamically: (specifier: string, referrer: unknown) => host.importModule(specifier, referrer, context),
  } as vm.RunningScriptOptions);
}
