/**
 * Colours and shapes of a picture: light, and dark where the reader's system is. `data-theme` on an element around it
 * decides otherwise.
 */

const light = {
  paper: "#ffffff",
  ink: "#1c2230",
  muted: "#667085",
  line: "#98a2b3",
  card: "#ffffff",
  rim: "#cbd2dd",
  head: "#f4f6f9",
  await: "#9a6700",
  "await-tint": "#fff4d6",
  yield: "#0b7569",
  "yield-tint": "#d9f5ef",
  cleanup: "#6b3fd4",
  "cleanup-tint": "#efe9ff",
  owed: "#d1441e",
  finally: "#d1441e",
  catch: "#3566c8",
  glow: "#2563eb",
};

const dark: typeof light = {
  paper: "#12151c",
  ink: "#e6e9f0",
  muted: "#98a1b3",
  line: "#6b7488",
  card: "#1b202b",
  rim: "#3a4252",
  head: "#232936",
  await: "#f0bf5a",
  "await-tint": "#3a2f14",
  yield: "#5fd9c6",
  "yield-tint": "#11382f",
  cleanup: "#b79cff",
  "cleanup-tint": "#2c2350",
  owed: "#ff8a65",
  finally: "#ff8a65",
  catch: "#7fa8ff",
  glow: "#7db0ff",
};

function variables(colours: typeof light): string {
  return Object.entries(colours)
    .map(([name, value]) => `--${name}: ${value};`)
    .join(" ");
}

/** The variables for everything below `selector`. */
export function colourVariables(selector: string): string {
  return `${selector} { color-scheme: light dark; ${variables(light)} }
@media (prefers-color-scheme: dark) { ${selector} { ${variables(dark)} } }
[data-theme="light"] ${selector}, ${selector}[data-theme="light"] { color-scheme: light; ${variables(light)} }
[data-theme="dark"] ${selector}, ${selector}[data-theme="dark"] { color-scheme: dark; ${variables(dark)} }`;
}

export const words = `system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif`;
export const code = `ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace`;

/** What the shapes look like. The variables have to be defined around it. */
export const shapes = `.aclose-machine { font: 12px ${words}; fill: var(--ink); }
.aclose-machine .code { font-family: ${code}; white-space: pre; }
.aclose-machine .card { fill: var(--card); stroke: var(--rim); }
.aclose-machine .head { fill: var(--head); }
.aclose-machine .number { font-weight: 700; }
.aclose-machine .muted { fill: var(--muted); font-size: 11px; }
.aclose-machine .rule { stroke: var(--rim); }
.aclose-machine .band { fill: none; }
.aclose-machine .await .band { fill: var(--await-tint); } .aclose-machine .await .ending { fill: var(--await); }
.aclose-machine .yield .band { fill: var(--yield-tint); } .aclose-machine .yield .ending { fill: var(--yield); }
.aclose-machine .cleanup .band { fill: var(--cleanup-tint); } .aclose-machine .cleanup .ending { fill: var(--cleanup); }
.aclose-machine .await .ending, .aclose-machine .yield .ending, .aclose-machine .cleanup .ending { font-weight: 600; }
.aclose-machine .owed { fill: var(--owed); font-size: 10.5px; font-weight: 700; }
.aclose-machine .owes .card { stroke: var(--owed); stroke-width: 1.5; }
.aclose-machine .start .card { fill: var(--ink); stroke: none; }
.aclose-machine .finished .card, .aclose-machine .failed .card { fill: var(--head); }
.aclose-machine .failed .card { stroke: var(--owed); }
.aclose-machine .region rect { fill: var(--finally); fill-opacity: .07; stroke: var(--finally); stroke-opacity: .45; stroke-dasharray: 5 4; }
.aclose-machine .region text { fill: var(--finally); font-weight: 600; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
.aclose-machine .region.catch rect { fill: var(--catch); fill-opacity: .09; stroke: var(--catch); }
.aclose-machine .region.catch text { fill: var(--catch); }
.aclose-machine .edge path { fill: none; stroke: var(--line); stroke-width: 1.4; }
.aclose-machine .edge polygon { fill: var(--line); }
.aclose-machine .edge text { fill: var(--muted); font-size: 11px; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
.aclose-machine .edge.resume path { stroke-dasharray: 2 4; stroke-linecap: round; stroke-width: 2; }
.aclose-machine .edge.abrupt path { stroke: var(--finally); stroke-dasharray: 6 3; }
.aclose-machine .edge.abrupt polygon, .aclose-machine .edge.abrupt text { fill: var(--finally); }
.aclose-machine .state { cursor: pointer; outline: none; }
.aclose-machine .state .halo { fill: none; stroke: none; }
.aclose-machine .state:focus-visible .halo, .aclose-machine .state.is-linked .halo { stroke: var(--glow); stroke-width: 3; }
.aclose-machine .is-current .halo { stroke: var(--glow); stroke-width: 5; stroke-opacity: .55; }
.aclose-machine .is-current .head { fill: var(--glow); }
.aclose-machine .is-current .number, .aclose-machine .is-current .head-note { fill: var(--paper); }`;
