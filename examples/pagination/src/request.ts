import { setTimeout as sleep } from "node:timers/promises";

const ATTEMPTS = 4;
const BACKOFF_MS = 5;

/** The server's answer was no, and trying again will not change it, or has not. */
export class HttpError extends Error {
  constructor({ url, status, statusText }: Response) {
    super(`${new URL(url).pathname}: ${status} ${statusText}`);
    this.name = "HttpError";
  }
}

/** `Retry-After` in milliseconds: it holds seconds or a date (RFC 9110, section 10.2.3). */
function retryAfter({ headers }: Response): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/** Fetches; tries again when the server says that it is busy, at the time that it names, or ever more slowly. */
export async function request(url: string, signal: AbortSignal): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, { signal });
    if (response.ok) return response;
    // Its connection is not free before.
    await response.body?.cancel();
    const isBusy = response.status === 429 || response.status === 503;
    if (!isBusy || attempt === ATTEMPTS) throw new HttpError(response);
    await sleep(retryAfter(response) ?? BACKOFF_MS * 2 ** attempt, undefined, { signal });
  }
}
