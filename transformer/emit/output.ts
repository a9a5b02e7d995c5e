/** Collects output chunks; neighbouring slices of the source become one. */

import type { Chunk } from "../chunk.js";

export class Output {
  readonly chunks: Chunk[] = [];
  private depth = 0;
  private origin = -1;
  /** Whether nothing stands for `origin` yet. */
  private isFirst = false;

  constructor(
    private readonly source: string,
    private readonly newLine = /\r\n|\n|$/.exec(source)![0] || "\n",
  ) {}

  /**
   * Generated text; `origin` is the source offset it stands for, or -1 for what stands for nothing, and `name` the
   * source name. Without an origin it stands for what `standingFor` says.
   */
  write(text: string, origin = this.isFirst || this.origin < 0 ? this.origin : undefined, name?: string): this {
    if (text === "") return this;
    this.isFirst &&= origin === -1;
    const last = this.chunks.at(-1);
    const extendsLast = last !== undefined && last.start < 0 && (origin ?? -1) < 0;
    if (extendsLast && (origin === undefined || (last.origin === undefined && !last.continues)))
      this.chunks[this.chunks.length - 1] = { ...last, text: last.text + text };
    else if (origin === undefined) this.chunks.push({ text, start: -1, continues: true });
    else this.chunks.push(origin < 0 ? { text, start: -1 } : { text, start: -1, origin, name });
    return this;
  }

  /**
   * What `body` writes without an origin stands for this source offset, or for nothing with -1. Only where it begins:
   * what follows stands for what is before it, so that a debugger finds one place.
   */
  standingFor(origin: number, body: () => void): this {
    const outer = this.origin;
    this.origin = origin;
    this.isFirst = true;
    body();
    this.origin = outer;
    this.isFirst = false;
    return this;
  }

  /** A piece of the user's text. */
  slice(start: number, end: number): this {
    if (end <= start) return this;
    this.isFirst = false;
    const last = this.chunks.at(-1);
    if (last && last.start >= 0 && last.start + last.text.length === start)
      this.chunks[this.chunks.length - 1] = { start: last.start, text: this.source.slice(last.start, end) };
    else this.chunks.push({ start, text: this.source.slice(start, end) });
    return this;
  }

  /** A new line at the current indentation. */
  line(): this {
    return this.write(`${this.newLine}${"  ".repeat(this.depth)}`, -1);
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
    output.origin = this.origin;
    output.isFirst = this.isFirst;
    return output;
  }

  append(other: Output): this {
    for (const chunk of other.chunks) {
      if (chunk.start >= 0) this.slice(chunk.start, chunk.start + chunk.text.length);
      else if (chunk.continues) this.chunks.push(chunk);
      else this.write(chunk.text, chunk.origin ?? -1, chunk.name);
    }
    return this;
  }

  get isEmpty(): boolean {
    return this.chunks.length === 0;
  }
}
