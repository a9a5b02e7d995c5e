import { ABI_VERSION } from "./abi.js";

/** Throws unless emitted code was made for this version of the runtime. */
export function requireAbi(version: number): void {
  if (version !== ABI_VERSION) {
    throw new Error(
      `aclose: this code was compiled for runtime ABI ${version}, but the loaded runtime has ABI ${ABI_VERSION}. ` +
        "Install the same version of aclose for building and running, and build again.",
    );
  }
}
