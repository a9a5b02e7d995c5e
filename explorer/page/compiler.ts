/**
 * The page's end of the compiler worker. One request is under way; of the pictures and of the codes that wait only the
 * newest, the picture first.
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

export interface CompilerListener {
  drawn(answer: Drawn): void;
  compiled(answer: Compiled): void;
}

export class Compiler {
  private readonly worker = new Worker("compiler.js");
  private isBusy = false;
  private picture: DrawRequest | undefined;
  private code: CompileRequest | undefined;
  private readonly preparations: PrepareRequest[] = [];
  private readonly prepared: ((answer: Prepared) => void)[] = [];

  constructor(private readonly listener: CompilerListener) {
    this.worker.onmessage = ({ data }: MessageEvent<CompilerAnswer>) => {
      this.isBusy = false;
      this.deliver(data);
      this.advance();
    };
  }

  draw(request: DrawRequest): void {
    this.picture = request;
    this.code = undefined;
    this.advance();
  }

  compile(request: CompileRequest): void {
    this.code = request;
    this.advance();
  }

  prepare(request: PrepareRequest): Promise<Prepared> {
    this.preparations.push(request);
    return new Promise((resolve) => {
      this.prepared.push(resolve);
      this.advance();
    });
  }

  private deliver(answer: CompilerAnswer): void {
    if (answer.kind === "prepare") this.prepared.shift()!(answer);
    // An older picture than the one that is asked for is still news; older code is not.
    else if (answer.kind === "draw") this.listener.drawn(answer);
    else if (!this.picture) this.listener.compiled(answer);
  }

  private advance(): void {
    if (this.isBusy) return;
    const request = this.takeNext();
    if (!request) return;
    this.isBusy = true;
    this.worker.postMessage(request);
  }

  private takeNext(): CompilerRequest | undefined {
    const { picture, code } = this;
    if (picture) this.picture = undefined;
    else if (code) this.code = undefined;
    return picture ?? code ?? this.preparations.shift();
  }
}
