/** Programs to begin with. Each says with its steps what it is about. */

import type { Program } from "./permalink.js";

export interface Example extends Pick<Program, "text" | "call" | "steps"> {
  readonly title: string;
}

const step = (action: Program["steps"][number]["action"], argument = "", atOnce = false) => ({
  action,
  argument,
  atOnce,
});

export const examples: readonly Example[] = [
  {
    title: "A reader that stops reading",
    text: `"use aclose";

/** Lines of a file. Closes it, whatever happens. */
export async function* lines(path: string) {
  const file = await open(path);
  try {
    for (;;) {
      const line = await file.read();
      if (line === undefined) return "end";
      yield line;
    }
  } finally {
    await file.close();
  }
}

async function open(path: string) {
  console.log("open", path);
  const text = ["first", "second", "third"];
  return {
    read: async () => text.shift(),
    close: async () => console.log("close", path),
  };
}
`,
    call: 'lines("notes.txt")',
    steps: [step("next"), step("next"), step("abandon")],
  },
  {
    title: "finally with await",
    text: `"use aclose";

export async function* transaction(db = database()) {
  await db.begin();
  try {
    let rows = 0;
    while (true) {
      const row = yield rows;
      await db.insert(row);
      rows++;
    }
  } catch (error) {
    console.log("caught", String(error));
    await db.rollback();
    throw error;
  } finally {
    await db.release();
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 200));

function database() {
  const says = (what: string) => async (row?: unknown) => {
    await pause();
    console.log(what, row ?? "");
  };
  return { begin: says("begin"), insert: says("insert"), rollback: says("rollback"), release: says("release") };
}
`,
    call: "transaction()",
    steps: [step("next"), step("next", '"a row"'), step("throw", 'new Error("disk full")')],
  },
  {
    title: "yield* hands everything on",
    text: `"use aclose";

export async function* outer() {
  try {
    const result = yield* inner("a");
    console.log("inner returned", result);
    yield* inner("b");
  } finally {
    console.log("outer finally");
  }
}

async function* inner(name: string) {
  try {
    const sent = yield name + 1;
    console.log("received", sent);
    yield name + 2;
    return name + " done";
  } finally {
    console.log("inner finally", name);
  }
}
`,
    call: "outer()",
    steps: [step("next"), step("next", '"hello"'), step("next"), step("return", '"enough"')],
  },
  {
    title: "A pipeline that stops early",
    text: `"use aclose";

async function* numbers() {
  try {
    for (let i = 1; ; i++) yield i;
  } finally {
    console.log("numbers closed");
  }
}

async function* map<T, R>(source: AsyncIterable<T>, fn: (item: T) => R) {
  for await (const item of source) yield fn(item);
}

export async function* take<T>(source: AsyncIterable<T>, count: number) {
  if (count <= 0) return;
  for await (const item of source) {
    yield item;
    if (--count === 0) return;
  }
}

const squares = () => map(numbers(), (n) => n * n);
`,
    call: "take(squares(), 3)",
    steps: [step("next"), step("next"), step("next"), step("next")],
  },
  {
    title: "Cancel a fetch",
    text: `"use aclose";
import { isCancelled } from "aclose";

/** Pages of a slow server: each takes a minute. */
export async function* pages() {
  for (let page = 1; ; page++) {
    try {
      yield await download("/page/" + page);
    } catch (error) {
      if (!isCancelled(error)) throw error;
      console.log("cancelled:", error.message);
      yield "a placeholder for page " + page;
    } finally {
      console.log("page", page, "is done with");
    }
  }
}

function download(path: string) {
  console.log("GET", path);
  return new Promise((resolve) => setTimeout(resolve, 60_000, "the text of " + path));
}
`,
    call: "pages()",
    steps: [step("next"), step("cancel", '"too slow"', true)],
  },
  {
    title: "Two requests at once, and using",
    text: `"use aclose";

export async function* connections() {
  for (const host of ["north", "south"]) {
    await using connection = await connect(host);
    for (let n = 1; n <= 2; n++) yield \`\${connection.host} \${n}\`;
  }
}

async function connect(host: string) {
  await new Promise((resolve) => setTimeout(resolve, 300));
  console.log("connected to", host);
  return {
    host,
    async [Symbol.asyncDispose]() {
      console.log("disconnected from", host);
    },
  };
}
`,
    call: "connections()",
    steps: [step("next"), step("next", "", true), step("next", "", true), step("return", "", true)],
  },
];
