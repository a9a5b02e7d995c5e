/** Collects output chunks; neighbouring slices of the source become one. */

import type { Chunk } from "../chunk.js";

export class Output {
  readonly chunks: Chunk[] = [];
  private depth = 0;

  constructor(
    private readonly source: string,
    private readonly newLine = /\r\n|\n|$/.exec(source)![0] || "\n",
  ) {}

  /** Generated text; `origin` is the source offset it stands for, and `name` the source name. */
  write(text: string, origin = -1, name?: string): this {
    if (text === "") return this;
    const last = this.chunks.at(-1);
    if (origin < 0 && last && last.start < 0 && last.origin === undefined)
      this.chunks[this.chunks.length - 1] = { ...last, text: last.text + text };
    else this.chunks.push(origin < 0 ? { text, start: -1 } : { text, start: -1, origin, name });
    return this;
  }

  /** A piece of the user's text. */
  slice(start: number, end: number): this {
    if (end <= start) return this;
    const last = this.chunks.at(-1);
    if (last && last.start >= 0 && last.start + last.text.length === start)
      this.chunks[this.chunks.length - 1] = { start: last.start, text: this.source.slice(last.start, end) };
    else this.chunks.push({ start, text: this.source.slice(start, end) });
    return this;
  }

  /** A new line at the current indentation. */
  line(): this {
    return this.write(`${this.newLine}${"  ".repeat(this.depth)}`);
  }

  indent(body: () => void): this {
    this.depth++;
    body();
    this.depth--;
    return this;
  }

  /** Output of its own at the same indentation. */
  fork(): Output {
    const output = new Output(this.source, this.newLine);
    output.depth = this.depth;
    return output;
  }

  append(other: Output): this {
    for (const chunk of other.chunks) {
      if (chunk.start >= 0) this.slice(chunk.start, chunk.start + chunk.text.length);
      else this.write(chunk.text, chunk.origin ?? -1, chunk.name);
    }
    return this;
  }

  get isEmpty(): boolean {
    return this.chunks.length === 0;
  }
}
