/** The speed figures as a drawing: one line a workload, one dot a variant, on a logarithmic scale. */

import type { Report } from "./report.js";

const colors: Readonly<Record<string, string>> = {
  spec: "#1d6fd8",
  "spec-c": "#73b0ff",
  fused: "#0a8f5b",
  "fused-c": "#66cfa4",
  typescript: "#a0a0a0",
  babel: "#b9a36a",
  esbuild: "#c78d8d",
  swc: "#a78dc7",
};
const LEFT = 210;
const WIDTH = 900;
const ROW = 30;
const TOP = 64;
const MARKS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32];

/** An SVG that reads on light and dark pages. */
export function plot({ engine, workloads, variants, figures }: Report): string {
  const shown = variants.filter(({ name }) => name in colors);
  const all = workloads.flatMap(({ name }) => shown.map((each) => figures[name]![each.name]!.ratio));
  const least = Math.min(0.25, ...all);
  const most = Math.max(2, ...all);
  const x = (ratio: number) => LEFT + 10 + ((WIDTH - LEFT - 40) * Math.log(ratio / least)) / Math.log(most / least);
  const height = TOP + workloads.length * ROW + 34;
  const marks = MARKS.filter((mark) => mark >= least && mark <= most).map((mark) =>
    mark === 1
      ? `<line x1="${x(1)}" x2="${x(1)}" y1="${TOP - 14}" y2="${height - 26}" stroke="#d33" stroke-width="1.5"/><text x="${x(1)}" y="${height - 10}" text-anchor="middle">1 = native</text>`
      : `<line x1="${x(mark)}" x2="${x(mark)}" y1="${TOP - 14}" y2="${height - 26}" stroke="#8884"/><text x="${x(mark)}" y="${height - 10}" text-anchor="middle">${mark}</text>`,
  );
  const rows = workloads.map(({ name, title }, i) => {
    const y = TOP + i * ROW;
    const dots = shown.map(
      (each) =>
        `<circle cx="${x(figures[name]![each.name]!.ratio).toFixed(1)}" cy="${y}" r="5" fill="${colors[each.name]}"><title>${each.title}: ${figures[name]![each.name]!.ratio.toFixed(2)}</title></circle>`,
    );
    return `<text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${title.replaceAll("`", "")}</text><line x1="${LEFT}" x2="${WIDTH - 20}" y1="${y}" y2="${y}" stroke="#8882"/>${dots.join("")}`;
  });
  const legend = shown.map(
    ({ name, title }, i) =>
      `<circle cx="${LEFT + i * 84}" cy="20" r="5" fill="${colors[name]}"/><text x="${LEFT + 8 + i * 84}" y="24">${title.replace("aclose ", "")}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#888" role="img">
<title>Speed against native async generators on ${engine}</title>
${[...legend, ...marks, ...rows].join("\n")}
</svg>
`;
}
