/** A program under a debugger: breakpoints and stops in terms of its source, found through its source map as an IDE does. */

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { generatedPositionFor, LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import ts from "typescript";
import { WebSocket } from "ws";

/** A place where the program stopped. */
export interface Stop {
  /** As the engine calls it. */
  readonly functionName: string;
  /** 1-based line of the source; undefined where the output stands for nothing in it, or in another file. */
  readonly line: number | undefined;
  /** What a debugger shows as variables; those of a compiled generator are fields of `v`. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The functions whose `await` or `then` led here, the nearest first. */
  readonly asyncParents: readonly string[];
}

type Command = "resume" | "stepOver";

interface Property {
  readonly name: string;
  readonly value?: { readonly value?: unknown; readonly type: string; readonly objectId?: string };
}

interface Frame {
  readonly functionName: string;
  readonly location: { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber: number };
  readonly scopeChain: readonly { readonly type: string; readonly object: { readonly objectId: string } }[];
}

interface Trace {
  readonly callFrames: readonly { readonly functionName: string; readonly url: string }[];
  readonly parent?: Trace;
}

interface Paused {
  readonly callFrames: readonly Frame[];
  readonly asyncStackTrace?: Trace;
}

/** A program that hangs under the debugger is an error, not a wait for ever. */
const patience = 30_000;

/** A module of TypeScript as it is debugged: its source map, and the text in that, are inside. */
export const debuggable = (text: string, fileName: string, ...before: ts.TransformerFactory<ts.SourceFile>[]): string =>
  ts.transpileModule(text, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      inlineSourceMap: true,
      inlineSources: true,
    },
    transformers: { before },
  }).outputText;

/**
 * Runs `program`, a file whose source map is inside, and gives the stops. `command` says how to go on after each;
 * `breakpoints` are 1-based lines of the source.
 */
export async function debug(
  program: string,
  breakpoints: readonly number[],
  command: (stop: Stop) => Command,
): Promise<Stop[]> {
  const child = spawn(process.execPath, ["--inspect-brk=0", program], { stdio: ["ignore", "ignore", "pipe"] });
  const timer = setTimeout(() => child.kill("SIGKILL"), patience);
  try {
    return await new Session(program, command).run(await addressOf(child), breakpoints);
  } finally {
    clearTimeout(timer);
    child.kill("SIGKILL");
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stderr!.on("data", (data) => {
      text += data;
      const address = /ws:\S+/.exec(text);
      if (address) resolve(address[0]);
    });
    child.once("close", () => reject(new Error(`the program ended before it could be debugged:\n${text}`)));
  });
}

class Session {
  private readonly url: string;
  private readonly map: TraceMap;
  private readonly stops: Stop[] = [];
  private readonly scripts = new Map<string, string>();
  private readonly waiting = new Map<number, { resolve(value: any): void; reject(error: Error): void }>();
  private socket!: WebSocket;
  private isStarted = false;

  constructor(
    program: string,
    private readonly command: (stop: Stop) => Command,
  ) {
    this.url = pathToFileURL(program).href;
    const [, data] = /sourceMappingURL=data:[^,]*,(\S+)/.exec(readFileSync(program, "utf8"))!;
    this.map = new TraceMap(Buffer.from(data!, "base64").toString());
  }

  async run(address: string, breakpoints: readonly number[]): Promise<Stop[]> {
    this.socket = new WebSocket(address);
    await new Promise((resolve, reject) => this.socket.once("open", resolve).once("error", reject));
    const ended = new Promise<void>((resolve, reject) => {
      this.socket.once("close", resolve);
      this.socket.on("message", (data) => this.receive(JSON.parse(String(data)), resolve).catch(reject));
    });
    await this.post("Runtime.enable");
    await this.post("Debugger.enable");
    await this.post("Debugger.setAsyncCallStackDepth", { maxDepth: 16 });
    for (const line of breakpoints) await this.setBreakpoint(line);
    await this.post("Runtime.runIfWaitingForDebugger");
    await ended;
    this.socket.terminate();
    return this.stops;
  }

  /** At the first place of the output that stands for the line. */
  private async setBreakpoint(line: number): Promise<void> {
    const source = this.map.sources[0] as string;
    const found = generatedPositionFor(this.map, { source, line, column: 0, bias: LEAST_UPPER_BOUND });
    if (found.line === null) throw new Error(`nothing in the output stands for line ${line}`);
    await this.post("Debugger.setBreakpointByUrl", {
      url: this.url,
      lineNumber: found.line - 1,
      columnNumber: found.column,
    });
  }

  private post(method: string, params: object = {}): Promise<any> {
    const id = this.waiting.size + 1;
    const answer = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.socket.send(JSON.stringify({ id, method, params }));
    return answer;
  }

  private async receive(
    { id, result, error, method, params }: { [name: string]: any },
    end: () => void,
  ): Promise<void> {
    if (id !== undefined) {
      const { resolve, reject } = this.waiting.get(id)!;
      if (error) reject(new Error(error.message));
      else resolve(result);
    } else if (method === "Debugger.scriptParsed") this.scripts.set(params.scriptId, params.url);
    // The program is done; it waits for the debugger to leave.
    else if (method === "Runtime.executionContextDestroyed") end();
    else if (method === "Debugger.paused") await this.goOn(params);
  }

  private async goOn(paused: Paused): Promise<void> {
    if (!this.isStarted) {
      this.isStarted = true;
      return void this.post("Debugger.resume").catch(() => {});
    }
    const stop = await this.stopAt(paused);
    this.stops.push(stop);
    // The end of the program may come before the answer.
    void this.post(`Debugger.${this.command(stop)}`).catch(() => {});
  }

  private async stopAt({ callFrames, asyncStackTrace }: Paused): Promise<Stop> {
    const frame = callFrames[0]!;
    const { scriptId, lineNumber, columnNumber } = frame.location;
    const isOurs = this.scripts.get(scriptId) === this.url;
    const { line } = originalPositionFor(this.map, { line: lineNumber + 1, column: columnNumber });
    const asyncParents: string[] = [];
    for (let at = asyncStackTrace; at; at = at.parent)
      asyncParents.push(...at.callFrames.filter(({ url }) => url === this.url).map((each) => each.functionName));
    return {
      functionName: frame.functionName,
      line: isOurs ? (line ?? undefined) : undefined,
      variables: isOurs ? await this.variablesOf(frame) : {},
      asyncParents,
    };
  }

  private async variablesOf({ scopeChain }: Frame): Promise<Record<string, unknown>> {
    const found: Record<string, unknown> = {};
    const add = async (objectId: string) => {
      const { result } = await this.post("Runtime.getProperties", { objectId, ownProperties: true });
      for (const { name, value } of result as Property[]) {
        if (name === "v" && value?.objectId) await add(value.objectId);
        else if (!(name in found)) found[name] = value?.value;
      }
    };
    for (const { type, object } of scopeChain)
      if (type === "local" || type === "block" || type === "closure") await add(object.objectId);
    return found;
  }
}
