const columns = [
  ["file", "files"],
  ["sock", "sockets"],
  ["req", "requests"],
  ["call", "calls"],
  ["fin", "finally"],
];

const width = 5;
const dots = (value) => (value === 0 ? "." : value === null ? "?" : String(value));

function cells(result) {
  const counts = columns.map(([, key]) => dots(result[key]).padStart(width)).join("");
  return counts + (result.ends ? "yes" : "NO").padStart(width);
}

/** The results of both compilers side by side. */
export function table(rows) {
  const titles = Math.max(...rows.map(({ title }) => title.length));
  const heads = columns.map(([head]) => head.padStart(width)).join("") + "ends".padStart(width);
  const half = heads.length;
  const lines = rows.map(({ title, native, aclose }) => `${title.padEnd(titles)} │${cells(native)} │${cells(aclose)}`);
  return [
    `${"left open by".padEnd(titles)} │${"compiled natively".padStart(half)} │${"compiled through aclose".padStart(half)}`,
    `${"".padEnd(titles)} │${heads} │${heads}`,
    `${"─".repeat(titles + 1)}┼${"─".repeat(half + 1)}┼${"─".repeat(half)}`,
    ...lines,
  ].join("\n");
}

export const legend = `
file  descriptors of the data file           call  calls of next() and return() without an answer
sock  sockets that keep the process alive    fin   finally blocks that have not run
req   requests that the server sees open     ends  whether the process ends by itself
Looked at after at most 1.5 seconds with garbage collections; at the program's end, when its event loop is empty.`;

/** What the columns do not say: who closed the files of abandoned native generators. */
export function footnote(rows) {
  const closed = rows.reduce((sum, { native }) => sum + native.closedByNode, 0);
  if (closed === 0) return "";
  return `

Files that Node closed natively because the garbage collector found them: ${closed}. Node 24 and earlier
warn of it (DEP0137), later ones end the program where nothing catches the error. The finally blocks did not run.`;
}
