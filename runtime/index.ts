/** The public API: the package entry `aclose`. */

export { ABI_VERSION } from "./abi.js";
