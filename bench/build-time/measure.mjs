/** Whole processes, measured in turns, so that a busy machine disturbs all alike. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const preload = fileURLToPath(new URL("usage.cjs", import.meta.url));
const usage = join(tmpdir(), `aclose-build-time-${process.pid}.json`);

/** Runs `node ...args` in `cwd`. Seconds of user and CPU time, and MiB of memory. */
function runOne(cwd, args) {
  try {
    execFileSync("node", ["--require", preload, ...args], {
      cwd,
      env: { ...process.env, BUILD_TIME_USAGE: usage },
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    throw new Error(`node ${args.join(" ")} failed:\n${error.stdout}${error.stderr}`);
  }
  return JSON.parse(readFileSync(usage, "utf8"));
}

/** Runs one command after the other. Seconds of wall, user and CPU time of all together, and the most memory. */
function run(cwd, commands) {
  const start = performance.now();
  const all = commands.map((args) => runOne(cwd, args));
  const sum = (key) => all.reduce((total, each) => total + each[key], 0);
  const wall = (performance.now() - start) / 1000;
  return { wall, user: sum("user"), cpu: sum("cpu"), memory: Math.max(...all.map(({ memory }) => memory)) };
}

/**
 * `candidates`: name → { cwd, commands, before, check }. All take turns, after one round that does not count; `check` throws
 * when the outputs are not what they must be. Gives the samples of each by name.
 */
export function measure(candidates, rounds) {
  const samples = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  const entries = Object.entries(candidates);
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < entries.length; turn++) {
      const [name, { cwd, commands, before, check }] = entries[(turn + round) % entries.length];
      before?.();
      const sample = run(cwd, commands);
      if (round === 0) check();
      else samples[name].push(sample);
    }
  }
  return samples;
}

const quantile = (sorted, share) => sorted[Math.round((sorted.length - 1) * share)];
const sortedBy = (all, key) => all.map((sample) => sample[key]).sort((one, other) => one - other);

/** One line: the best and the quartiles of wall time, the best of user and CPU time, the most memory. */
export function describe(name, all) {
  const wall = sortedBy(all, "wall");
  const [user] = sortedBy(all, "user");
  const [cpu] = sortedBy(all, "cpu");
  const memory = sortedBy(all, "memory").at(-1);
  const quartiles = `${quantile(wall, 0.25).toFixed(2)}–${quantile(wall, 0.75).toFixed(2)}`;
  return `| ${name} | ${wall[0].toFixed(2)} (${quartiles}) | ${user.toFixed(2)} | ${cpu.toFixed(2)} | ${memory.toFixed(0)} |`;
}

/** The ratio of the best ones, and the quartiles of the ratios of single rounds: by wall, user and CPU time. */
export function ratio(one, other) {
  return ["wall", "user", "cpu"].map((key) => {
    const rounds = one.map((sample, i) => sample[key] / other[i][key]).sort((a, b) => a - b);
    const best = sortedBy(one, key)[0] / sortedBy(other, key)[0];
    return `${best.toFixed(3)} (${quantile(rounds, 0.25).toFixed(3)}–${quantile(rounds, 0.75).toFixed(3)})`;
  });
}
