/**
 * Counts what runs in the compiler's own files while it compiles each shape at three sizes, and prints the counts. In a
 * process of its own: V8 counts only in code that it compiled after it was asked to.
 */

import { Session } from "node:inspector";
import { annotated, shapes } from "./shapes.js";

/** Counts what runs in the compiler's own files. */
class Counter {
  private readonly session = new Session();

  constructor() {
    this.session.connect();
    this.session.post("Profiler.enable");
    this.session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  count(run: () => void): number {
    this.take();
    run();
    return this.take();
  }

  private take(): number {
    let sum = 0;
    this.session.post("Profiler.takePreciseCoverage", (error, { result }) => {
      if (error) throw error;
      for (const { url, functions } of result) {
        if (!url.includes("/transformer/") || url.includes("/test/")) continue;
        for (const { ranges } of functions) for (const { count } of ranges) sum += count;
      }
    });
    return sum;
  }

  stop(): void {
    this.session.post("Profiler.stopPreciseCoverage");
    this.session.disconnect();
  }
}

const counter = new Counter();
const { transform } = await import("../../../transformer/index.js");
const programs = [
  ...Object.keys(shapes).map((title) => ({ title, name: title, annotate: false })),
  ...annotated.map((name) => ({ title: `${name}, annotated`, name, annotate: true })),
];
const counts = programs.map(({ title, name, annotate }) => [
  title,
  [100, 200, 400].map((size) =>
    counter.count(() => void transform(shapes[name]!(size), { fileName: "a.ts", include: "all", annotate })),
  ),
]);
counter.stop();
console.log(JSON.stringify(Object.fromEntries(counts)));
