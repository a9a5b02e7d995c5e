"use aclose interrupt";

/** One event of an event stream, as in the HTML standard, section 9.2. */
export interface StreamEvent {
  readonly type: string;
  readonly data: string;
  /** The last `id` that the stream has named, in this event or before it. */
  readonly lastEventId: string;
  /** The last `retry` that the stream has named, in milliseconds. */
  readonly retryMs: number | undefined;
}

/** Lines end in LF, CR or CRLF, and chunks anywhere: within a character, and between CR and LF. */
async function* lines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  let afterReturn = false;
  for await (const bytes of body) {
    let text = decoder.decode(bytes, { stream: true });
    if (text === "") continue;
    if (afterReturn && text.startsWith("\n")) text = text.slice(1);
    afterReturn = text === "" ? false : text.endsWith("\r");
    const whole = (rest + text).split(/\r\n|\n|\r/);
    rest = whole.pop()!;
    yield* whole;
  }
}

/** The events of an event stream. What stands behind the last empty line is no event. */
export async function* parse(body: AsyncIterable<Uint8Array>, lastEventId = ""): AsyncGenerator<StreamEvent> {
  let type = "";
  let data: string[] = [];
  let retryMs: number | undefined;
  for await (const line of lines(body)) {
    if (line === "") {
      if (data.length > 0) yield { type: type || "message", data: data.join("\n"), lastEventId, retryMs };
      type = "";
      data = [];
      continue;
    }
    const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line)!;
    if (field === "data") data.push(value);
    else if (field === "event") type = value;
    else if (field === "id" && !value.includes("\0")) lastEventId = value;
    else if (field === "retry" && /^\d+$/.test(value)) retryMs = Number(value);
  }
}
