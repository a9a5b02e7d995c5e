/** `npm run bench`: measures every workload as each compiler makes it, and reports ratios to native. */

import { writeFileSync } from "node:fs";
import { argumentsOf, number, refuse, text, texts, toggle } from "../scripts/arguments.js";
import { measureCold, measureHooks, measureMemory, measureRuntimeSize, measureSizes } from "./extras.js";
import { figuresOf, measure } from "./measure.js";
import { nameOf, nodeAt } from "./nodes.js";
import { plot } from "./plot.js";
import { markdown, type Report } from "./report.js";
import { variants as allVariants, duplicates, type Variant, writeVariants } from "./variants.js";
import { workloads as allWorkloads } from "./workloads.js";

const usage = `npm run bench -- [options]
  --quick           few rounds, speed only
  --processes N     processes of each variant (3; with --quick 1)
  --rounds N        rounds that count, in each process (10; with --quick 8)
  --node NODE       path of an engine (also Bun), or a version of Node, may be repeated (22 is fetched from npm)
  --only NAME       workloads whose name contains NAME
  --variants A,B    variants to compare with native: ${allVariants
    .slice(1)
    .map(({ name }) => name)
    .join(", ")}
  --together        all workloads of a compiler in one process, instead of one each
  --json FILE       writes the figures
  --markdown FILE   writes the tables
  --svg FILE        writes the plot, of the first engine`;

const { values: options } = argumentsOf(usage, {
  together: toggle,
  quick: toggle,
  processes: number(undefined),
  rounds: number(undefined),
  node: texts([process.execPath]),
  only: text(""),
  variants: text(undefined),
  json: text(undefined),
  markdown: text(undefined),
  svg: text(undefined),
});

const names = options.variants?.split(",");
const unknown = names?.find((name) => !allVariants.some((each) => each.name === name));
if (unknown !== undefined) refuse(usage, `There is no variant "${unknown}".`);
const workloads = allWorkloads.filter(({ name }) => name.includes(options.only));
if (workloads.length === 0) refuse(usage, `No workload's name contains "${options.only}".`);

function chosenVariants(identical: ReadonlyMap<string, string>): Variant[] {
  return allVariants.filter(
    ({ name }) => name === "native" || (!identical.has(name) && (names?.includes(name) ?? true)),
  );
}

async function reportOn(node: string, identical: ReadonlyMap<string, string>): Promise<Report> {
  const variants = chosenVariants(identical);
  const rounds = options.rounds ?? (options.quick ? 8 : 10);
  const processes = options.processes ?? (options.quick ? 1 : 3);
  const samples = await measure({
    node,
    workloads,
    variants,
    processes,
    rounds,
    warmUp: options.quick ? 6 : 10,
    together: options.together,
  });
  const figures = Object.fromEntries([...samples].map(([name, each]) => [name, figuresOf(each)]));
  const own = variants.filter(({ name }) => name !== "beside");
  const extras =
    options.quick || options.only !== ""
      ? {}
      : {
          cold: await measureCold(node, own, 15),
          hooks: await measureHooks(
            node,
            variants[0]!,
            own.filter(({ isOwn }) => isOwn),
            rounds,
          ),
          memory: await measureMemory(node, own),
          sizes: measureSizes(own),
          runtimeSizes: Object.fromEntries(
            own.filter(({ isOwn }) => isOwn).map((each) => [each.name, measureRuntimeSize(each)]),
          ),
        };
  return {
    engine: nameOf(node),
    date: new Date().toISOString(),
    processes,
    rounds,
    workloads,
    figures,
    identical: Object.fromEntries(identical),
    ...extras,
    variants: variants.map(({ name, title }) => ({ name, title })),
  };
}

writeVariants();
const identical = duplicates();
const reports: Report[] = [];
for (const node of options.node) {
  const report = await reportOn(nodeAt(node), identical);
  reports.push(report);
  console.log(`${markdown(report)}\n`);
}
if (options.json) writeFileSync(options.json, `${JSON.stringify(reports, null, 2)}\n`);
if (options.markdown) writeFileSync(options.markdown, `${reports.map(markdown).join("\n\n")}\n`);
if (options.svg) writeFileSync(options.svg, plot(reports[0]!));
