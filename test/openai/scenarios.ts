/** How a user of the package reads its streams and lists: each writes down what it gets, in order. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type OpenAI from "openai";
import type { Stream } from "openai/core/streaming";
import type { ChatCompletionChunk } from "openai/resources/chat/completions/completions";
import type { Library } from "./library.js";

interface Setting {
  readonly library: Library;
  readonly client: OpenAI;
  readonly log: (text: string) => void;
  /** Waits until the server has a request. */
  readonly arrived: () => Promise<void>;
}

export type Scenario = (setting: Setting) => Promise<void>;

type Chunks = Stream<ChatCompletionChunk>;

const completion = ({ client }: Setting, model: string): Promise<Chunks> =>
  client.chat.completions.create({ model, messages: [{ role: "user", content: "hello" }], stream: true });

const text = (chunk: ChatCompletionChunk | undefined): string =>
  chunk === undefined
    ? "nothing"
    : `${JSON.stringify(chunk.choices[0]!.delta.content)} ${chunk.choices[0]!.finish_reason}`;

const answer = ({ value, done }: IteratorResult<ChatCompletionChunk>): string => `${text(value)} done: ${done}`;

const problem = (error: any): string => `${error?.constructor?.name} ${error?.code ?? ""} ${error?.message ?? error}`;

/** Writes down how a promise settles, when it does. */
function note<T>({ log }: Setting, name: string, promise: PromiseLike<T>, show: (value: T) => string): Promise<void> {
  return Promise.resolve(promise).then(
    (value) => log(`${name}: ${show(value)}`),
    (error) => log(`${name} failed: ${problem(error)}`),
  );
}

async function readAll<T>({ log }: Setting, items: AsyncIterable<T>, show: (item: T) => string): Promise<void> {
  try {
    for await (const item of items) log(show(item));
    log("end");
  } catch (error) {
    log(problem(error));
  }
}

const read =
  (model: string): Scenario =>
  async (setting) =>
    readAll(setting, await completion(setting, model), text);

const id = ({ id }: { id: string }): string => id;

export const streaming: Record<string, Scenario> = {
  "a whole stream": read("whole"),
  "a stream that is torn anywhere": read("torn"),
  "malformed JSON": read("malformed"),
  "an error in the stream": read("failing"),
  "a stream without its last blank line": read("unfinished"),
  "a connection that is cut": read("cut"),
  "a break": async (setting) => {
    const stream = await completion(setting, "endless");
    for await (const chunk of stream) {
      setting.log(text(chunk));
      break;
    }
    setting.log(`aborted: ${stream.controller.signal.aborted}`);
    await readAll(setting, stream, text);
  },
  "a consumer that throws": async (setting) => {
    const consume = async (): Promise<void> => {
      for await (const chunk of await completion(setting, "endless")) throw new Error(`no more after ${text(chunk)}`);
    };
    await note(setting, "consumer", consume(), String);
  },
  "abort inside of the loop": async (setting) => {
    const stream = await completion(setting, "endless");
    let seen = 0;
    for await (const chunk of stream) {
      setting.log(text(chunk));
      if (++seen === 3) stream.controller.abort();
    }
    setting.log("end");
  },
  "abort while next() is pending": async (setting) => {
    const stream = await completion(setting, "stuck");
    const iterator = stream[Symbol.asyncIterator]();
    for (const _ of "ab") setting.log(answer(await iterator.next()));
    const pending = note(setting, "next", iterator.next(), answer);
    setTimeout(() => stream.controller.abort(), 20);
    await pending;
    setting.log(answer(await iterator.next()));
  },
  "return() mid-way": async (setting) => {
    const iterator = (await completion(setting, "endless"))[Symbol.asyncIterator]();
    setting.log(answer(await iterator.next()));
    await note(setting, "return", iterator.return!("early"), ({ value, done }) => `${value} ${done}`);
    setting.log(answer(await iterator.next()));
  },
  "return() before the first next()": async (setting) => {
    const iterator = (await completion(setting, "stuck"))[Symbol.asyncIterator]();
    await note(setting, "return", iterator.return!("early"), ({ value, done }) => `${value} ${done}`);
    setting.log(answer(await iterator.next()));
  },
  "return() behind a pending next()": async (setting) => {
    const stream = await completion(setting, "stuck");
    const iterator = stream[Symbol.asyncIterator]();
    for (const _ of "ab") await iterator.next();
    const calls = [
      note(setting, "next", iterator.next(), answer),
      note(setting, "return", iterator.return!(), answer),
      note(setting, "next again", iterator.next(), answer),
    ];
    setTimeout(() => {
      setting.log("abort");
      stream.controller.abort();
    }, 20);
    await Promise.all(calls);
  },
  "throw() mid-way": async (setting) => {
    const iterator = (await completion(setting, "endless"))[Symbol.asyncIterator]();
    setting.log(answer(await iterator.next()));
    await note(setting, "throw", iterator.throw!(new Error("mine")), answer);
    setting.log(answer(await iterator.next()));
  },
  "many calls of next() at once": async (setting) => {
    const iterator = (await completion(setting, "whole"))[Symbol.asyncIterator]();
    await Promise.all([..."abcdefgh"].map((name) => note(setting, name, iterator.next(), answer)));
  },
  "tee(): both branches": async (setting) => {
    const [left, right] = (await completion(setting, "whole")).tee();
    await readAll(setting, left, (chunk) => `left ${text(chunk)}`);
    await readAll(setting, right, (chunk) => `right ${text(chunk)}`);
  },
  "tee(): in step, one leaves, then the other": async (setting) => {
    const stream = await completion(setting, "endless");
    const [left, right] = stream.tee().map((branch) => branch[Symbol.asyncIterator]());
    for (const _ of "ab") {
      const results = await Promise.all([left!.next(), right!.next()]);
      setting.log(results.map(answer).join(" | "));
    }
    for (const branch of [left!, right!]) {
      setting.log(answer(await branch.return!()));
      setting.log(`${answer(await branch.next())}, aborted: ${stream.controller.signal.aborted}`);
    }
  },
  "toReadableStream() and back": async (setting) => {
    const readable = (await completion(setting, "whole")).toReadableStream();
    const back = setting.library.streaming.Stream.fromReadableStream<ChatCompletionChunk>(
      readable,
      new AbortController(),
    );
    await readAll(setting, back, text);
  },
  "toReadableStream(), cancelled": async (setting) => {
    const stream = await completion(setting, "endless");
    const reader = (stream.toReadableStream() as ReadableStream<Uint8Array>).getReader();
    const { value } = await reader.read();
    setting.log(text(JSON.parse(new TextDecoder().decode(value))));
    await reader.cancel();
    setting.log(`aborted: ${stream.controller.signal.aborted}`);
  },
  "fromReadableStream(), left early": async (setting) => {
    const controller = new AbortController();
    const readable = (await completion(setting, "endless")).toReadableStream();
    const back = setting.library.streaming.Stream.fromReadableStream<ChatCompletionChunk>(readable, controller);
    for await (const chunk of back) {
      setting.log(text(chunk));
      break;
    }
    setting.log(`aborted: ${controller.signal.aborted}`);
  },
  "a stream that is wrapped by another generator": async (setting) => {
    const stream = setting.library.normalizeChatCompletionStream(await completion(setting, "endless"));
    let seen = 0;
    for await (const chunk of stream) {
      setting.log(text(chunk));
      if (++seen === 2) break;
    }
  },
  "the helper that collects a completion": async (setting) => {
    const runner = setting.client.chat.completions.stream({
      model: "whole",
      messages: [{ role: "user", content: "hello" }],
    });
    runner.on("content", (delta) => setting.log(`content ${delta}`));
    for await (const chunk of runner) setting.log(text(chunk));
    setting.log(String(await runner.finalContent()));
  },
};

export const pagination: Record<string, Scenario> = {
  "every item": (setting) => readAll(setting, setting.client.files.list(), id),
  "every page": async (setting) =>
    readAll(setting, (await setting.client.files.list()).iterPages(), ({ data }) => data.map(id).join()),
  "a break in the second page": async (setting) => {
    for await (const file of setting.client.files.list()) {
      setting.log(file.id);
      if (file.id === "f4") break;
    }
  },
  "a consumer that throws": async (setting) => {
    const consume = async (): Promise<void> => {
      for await (const file of await setting.client.files.list()) throw new Error(`no more after ${file.id}`);
    };
    await note(setting, "consumer", consume(), String);
  },
  "a page that fails": (setting) => readAll(setting, setting.client.files.list({ purpose: "failing" }), id),
  "return() mid-way": async (setting) => {
    const pages = (await setting.client.files.list()).iterPages();
    await pages.next();
    await note(setting, "return", pages.return("early" as never), ({ value, done }) => `${value} ${done}`);
    await note(setting, "next", pages.next(), ({ value, done }) => `${value} ${done}`);
  },
  "many calls of next() at once": async (setting) => {
    const items = setting.client.files.list()[Symbol.asyncIterator]();
    const show = ({ value, done }: IteratorResult<{ id: string }>) => `${value?.id} ${done}`;
    await Promise.all([..."abcdefgh"].map((name) => note(setting, name, items.next(), show)));
  },
  abort: async (setting) => {
    const controller = new AbortController();
    const items = setting.client.files.list({}, { signal: controller.signal });
    await readAll(setting, items, (file) => {
      if (file.id === "f2") controller.abort();
      return file.id;
    });
  },
  "items that another generator pages": (setting) =>
    readAll(
      setting,
      setting.library.agentItems(async (after) => setting.client.files.list(after === undefined ? {} : { after })),
      id,
    ),
};

async function* pieces({ log, arrived }: Setting, fails: boolean): AsyncGenerator<string> {
  try {
    yield "one ";
    yield "two ";
    if (fails) {
      await arrived();
      throw new Error("the source broke");
    }
    yield "three";
  } finally {
    log("the source is closed");
  }
}

const upload =
  (fails: boolean): Scenario =>
  async (setting) => {
    const data = pieces(setting, fails);
    const { toStreamingFile } = setting.library.OpenAI as unknown as typeof import("openai");
    const file = toStreamingFile(data, "notes.txt");
    await note(setting, "upload", setting.client.files.create({ file, purpose: "assistants" }), id);
  };

/** The other files of the package that have async generators. */
export const others: Record<string, Scenario> = {
  "an upload": upload(false),
  "an upload whose source fails": upload(true),
  "a file that is read for an upload": async (setting) => {
    const folder = mkdtempSync(join(tmpdir(), "aclose-openai-"));
    try {
      const path = join(folder, "data.bin");
      writeFileSync(path, "x".repeat(200_000));
      const { data } = await setting.library.agentFile(path);
      await readAll(setting, data, ({ length }) => `${length} bytes`);
      for await (const { length } of data) {
        setting.log(`${length} bytes`);
        break;
      }
      writeFileSync(path, "changed");
      await readAll(setting, data, ({ length }) => `${length} bytes`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  "a runner that calls a tool": async (setting) => {
    const parameters = { type: "object", properties: {}, additionalProperties: true };
    const runner = new setting.library.ResponsesToolRunner({
      functions: [
        {
          tool: { type: "function", name: "add", parameters, strict: false },
          execute: ({ a, b }) => String(Number(a) + Number(b)),
        },
      ],
    });
    const turns = runner.iterate(setting.client, { model: "test", input: "2 + 3?" }, { maxSteps: 4 });
    await readAll(setting, turns, ({ step, final, completedCallIds }) => `${step} ${final} ${completedCallIds}`);
    for await (const { step } of runner.iterate(setting.client, { model: "test", input: "2 + 3?" }, { maxSteps: 4 })) {
      setting.log(`step ${step}`);
      break;
    }
    setting.log(runner.close().status);
  },
  "a new session's events, with tools": async (setting) => {
    const create = () =>
      setting.client.beta.agents.sessions.create({
        agent: { type: "inline" },
        input: "hello",
        stream: true,
        toolHandlers: { add: () => "five" },
      } as never) as unknown as Promise<Stream<{ type: string }>>;
    await readAll(setting, await create(), ({ type }) => type);
    for await (const { type } of await create()) {
      setting.log(type);
      break;
    }
  },
  "a session's events": async (setting) => {
    const { sessions } = setting.client.beta.agents;
    await readAll(setting, sessions.stream("s1", { input: "hello" }), ({ type }) => type);
    for await (const { type } of sessions.stream("s1", { input: "hello" })) {
      setting.log(type);
      break;
    }
  },
};
