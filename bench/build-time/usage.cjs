/** Preloaded into a measured process: leaves its CPU time and its largest memory where BUILD_TIME_USAGE says. */

const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(
    process.env.BUILD_TIME_USAGE,
    JSON.stringify({ user: userCPUTime / 1e6, cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 }),
  );
});
