export { VERSION as version } from "../runtime/abi.js";
