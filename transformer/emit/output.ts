/** Collects output chunks; neighbouring slices of the source become one. */

import type { Chunk } from "../chunk.js";

const indentations: string[] = [];
const indentation = (depth: number): string => (indentations[depth] ??= "  ".repeat(depth));

/** A chunk that may still grow. All are made with the same properties, which is what engines are fast at. */
type Growing = { -readonly [Key in keyof Chunk]: Chunk[Key] };

/** Part of a name, a keyword or a number; of what takes two code units any half. The pattern for all of Unicode is slow. */
const isWord = (unit: string): boolean =>
  unit < "\x80" ? /[\w$\\]/.test(unit) : /[\p{ID_Continue}\u{d800}-\u{dfff}]/u.test(unit);

const standsForNothing = ({ origin, continues, bound }: Growing) =>
  origin === undefined && !continues && bound === undefined;

export class Output {
  private readonly growing: Growing[] = [];
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
    this.keepApart(text);
    this.isFirst &&= origin === -1;
    const last = this.growing.at(-1);
    const extendsLast =
      last !== undefined && last.start < 0 && !last.isWhole && last.bound === undefined && (origin ?? -1) < 0;
    if (extendsLast && (origin === undefined || standsForNothing(last))) {
      last.text += text;
      last.isBetween = false;
    } else if (origin === undefined) this.add(text, { continues: true });
    else this.add(text, origin < 0 ? {} : { origin, name });
    return this;
  }

  /** What can stand between whole statements. It stands for nothing. */
  between(text: string): this {
    const last = this.growing.at(-1);
    if (last && last.start < 0 && !last.isWhole && standsForNothing(last)) last.text += text;
    else this.add(text, { isBetween: true });
    return this;
  }

  /** What can stand between whole statements, where a range of the source begins or ends. */
  bound(text: string, offset: number): this {
    return this.add(text, { isBetween: true, bound: offset });
  }

  /** A comment behind the code of a line. */
  note(text: string): this {
    return this.add(text, { isBetween: true });
  }

  /** With the last sign of the code ends a range of the source, at this offset. The signs of a slice say that themselves. */
  endsAt(offset: number): this {
    let index = this.growing.length - 1;
    while (this.growing[index]?.isBetween) index--;
    const last = this.growing[index];
    if (last === undefined || last.start >= 0) return this;
    const behind = this.growing.splice(index + 1);
    const sign = last.text.at(-1)!;
    last.text = last.text.slice(0, -1);
    if (last.text === "") this.growing.pop();
    this.bound(sign, offset);
    this.growing.push(...behind);
    return this;
  }

  /** The first statement stands for this offset, if it stands for nothing: where the engine stops at what begins here, it stops there. */
  beginsAt(offset: number): this {
    const index = this.growing.findIndex(({ text, bound }) => bound === undefined && /\S/.test(text));
    const first = this.growing[index];
    if (first === undefined || first.start >= 0 || !standsForNothing(first)) return this;
    const [before, statement, rest] = /^(\s*)([^;]*;?)(.*)$/s.exec(first.text)!.slice(1) as [string, string, string];
    const parts = [
      { ...first, text: before },
      { ...first, text: statement, origin: offset },
      { ...first, text: rest },
    ];
    this.growing.splice(index, 1, ...parts.filter(({ text }) => text !== ""));
    return this;
  }

  /** Whole statements; `origin` as for `write`. */
  statements(text: string, origin = this.isFirst || this.origin < 0 ? this.origin : undefined): this {
    this.isFirst &&= origin === -1;
    const last = this.growing.at(-1);
    if (last?.isWhole && standsForNothing(last) && origin === -1) last.text += text;
    else this.add(text, { origin: origin === -1 ? undefined : origin, continues: origin === undefined, isWhole: true });
    return this;
  }

  /** The statements that `body` prints: whole ones, if nothing of the user's is there, and no second place is stood for. */
  whole(body: (out: Output) => void): this {
    const out = this.fork();
    body(out);
    const isGenerated = out.growing.every(
      ({ start, name, origin }, index) => start < 0 && name === undefined && (index === 0 || origin === undefined),
    );
    if (isGenerated) for (const chunk of out.growing) chunk.isWhole = true;
    return this.append(out);
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
    const last = this.growing.at(-1);
    if (last && last.start >= 0 && last.start + last.text.length === start) {
      last.text = this.source.slice(last.start, end);
      return this;
    }
    const text = this.source.slice(start, end);
    return this.keepApart(text, start).add(text, { start });
  }

  /** A new line at the current indentation. */
  line(): this {
    return this.between(`${this.newLine}${indentation(this.depth)}`);
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

  /** What another has printed, which is not to be used any more. */
  append(other: Output): this {
    for (const chunk of other.growing) {
      if (chunk.start >= 0) this.slice(chunk.start, chunk.start + chunk.text.length);
      else if (chunk.bound !== undefined) this.growing.push(chunk);
      else if (chunk.isWhole || chunk.continues) this.keepApart(chunk.text).growing.push(chunk);
      else if (chunk.isBetween) this.between(chunk.text);
      else this.write(chunk.text, chunk.origin ?? -1, chunk.name);
    }
    return this;
  }

  get isEmpty(): boolean {
    return this.growing.length === 0;
  }

  get chunks(): readonly Chunk[] {
    return this.growing;
  }

  /** A sign that kept two words apart may have gone with what stood there: `new(await C)`, `(yield)in o`. */
  private keepApart(next: string, start = -1): this {
    const last = this.growing.at(-1);
    const isBoundary = last !== undefined && (last.start >= 0 || start >= 0);
    if (isBoundary && isWord(last.text.at(-1)!) && isWord(next[0]!)) this.add(" ", { continues: true });
    return this;
  }

  private add(
    text: string,
    { start = -1, origin, name, continues = false, isWhole = false, isBetween = false, bound }: Partial<Growing>,
  ): this {
    this.growing.push({ text, start, origin, name, continues, isWhole, isBetween, bound });
    return this;
  }
}
