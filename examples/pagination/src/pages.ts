"use aclose interrupt";

import { request } from "./request.js";

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** The target of `rel="next"` in a `Link` header (RFC 8288). */
function nextLink({ headers, url }: Response): string | undefined {
  for (const [, target = "", parameters = ""] of (headers.get("link") ?? "").matchAll(/<([^>]*)>([^,]*)/g)) {
    if (/;\s*rel="?next\b/i.test(parameters)) return new URL(target, url).href;
  }
  return undefined;
}

async function load<T>(url: string, signal: AbortSignal): Promise<Page<T>> {
  const response = await request(url, signal);
  return { items: (await response.json()) as T[], next: nextLink(response) };
}

/** The pages of a list. While one is being read, the next is on its way; when the reader leaves, that is aborted. */
export async function* pages<T>(url: string): AsyncGenerator<readonly T[]> {
  const controller = new AbortController();
  try {
    let page = await load<T>(url, controller.signal);
    while (page.next !== undefined) {
      const following = load<T>(page.next, controller.signal);
      // Its error is not unhandled: whoever asks for the page gets it.
      following.catch(() => {});
      yield page.items;
      page = await following;
    }
    yield page.items;
  } finally {
    controller.abort();
  }
}

/** The items of a list, whatever page they are on. */
export async function* items<T>(url: string): AsyncGenerator<T> {
  for await (const page of pages<T>(url)) yield* page;
}
