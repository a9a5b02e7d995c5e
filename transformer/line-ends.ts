/** Where lines end in ECMAScript (ECMA-262 §12.3): what engines, debuggers and editors count by. */

/** LF, CR, CRLF, U+2028 or U+2029. */
export const lineEnd: RegExp = /\r\n|[\n\r\u2028\u2029]/;
