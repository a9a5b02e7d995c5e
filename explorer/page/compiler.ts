/**
 * The page's end of the compiler: two workers of the same kind, one of which does nothing but draw. The picture is what a reader who
 * types waits for; emitted code and programs to run wait for a pause.
 */

import type {
  Compiled,
  CompileRequest,
  CompilerAnswer,
  CompilerRequest,
  Drawn,
  DrawRequest,
  Prepared,
  PrepareRequest,
} from "../protocol.js";

interface CompilerListener {
  drawn(answer: Drawn): void;
  compiled(answer: Compiled): void;
  /** A worker could not be loaded, or died. */
  failed(): void;
}

/** A worker that has one request under way. */
class Bench {
  private worker: Worker | undefined;
  private answered: ((answer: CompilerAnswer) => void) | undefined;

  /** `next` gives the request that is most wanted, with what takes its answer. */
  constructor(
    private readonly next: () => [CompilerRequest, (answer: CompilerAnswer) => void] | undefined,
    private readonly failed: () => void,
  ) {}

  advance(): void {
    if (this.answered) return;
    const [request, answered] = this.next() ?? [];
    if (!request) return;
    this.answered = answered;
    this.worker ??= this.start();
    this.worker.postMessage(request);
  }

  private start(): Worker {
    const worker = new Worker("compiler.js");
    worker.onmessage = ({ data }: MessageEvent<CompilerAnswer>) => {
      const { answered } = this;
      this.answered = undefined;
      answered!(data);
      this.advance();
    };
    worker.onerror = this.failed;
    return worker;
  }
}

export class Compiler {
  private picture: DrawRequest | undefined;
  private code: CompileRequest | undefined;
  /** Code of an older text than this one is not shown. */
  private newest = "";
  private readonly preparations: [PrepareRequest, (answer: CompilerAnswer) => void][] = [];
  private readonly drawing: Bench;
  private readonly printing: Bench;

  constructor(listener: CompilerListener) {
    this.drawing = new Bench(() => {
      const { picture } = this;
      this.picture = undefined;
      // An older picture than the one that is asked for is still news.
      return picture && [picture, (answer) => listener.drawn(answer as Drawn)];
    }, listener.failed);
    this.printing = new Bench(() => {
      const { code } = this;
      this.code = undefined;
      if (!code) return this.preparations.shift();
      return [code, (answer) => code.text === this.newest && listener.compiled(answer as Compiled)];
    }, listener.failed);
  }

  draw(request: DrawRequest): void {
    this.newest = request.text;
    this.picture = request;
    this.code = undefined;
    this.drawing.advance();
  }

  compile(request: CompileRequest): void {
    this.code = request;
    this.printing.advance();
  }

  prepare(request: PrepareRequest): Promise<Prepared> {
    return new Promise((resolve) => {
      this.preparations.push([request, (answer) => resolve(answer as Prepared)]);
      this.printing.advance();
    });
  }
}
