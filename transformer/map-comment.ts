/** The comment in which a file says where its source map is. */

/** The address of a source map inside the file itself. */
export function dataUrlOf(map: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(map));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:application/json;charset=utf-8;base64,${btoa(binary)}`;
}

/** The output with the comment that says where its source map is, on a line of its own. */
export function withMapComment(code: string, url: string): string {
  const isLineOpen = code !== "" && !code.endsWith("\n");
  return `${code}${isLineOpen ? "\n" : ""}//# sourceMappingURL=${url}\n`;
}
