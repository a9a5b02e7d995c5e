import { createServer } from "node:http";

const record = (id) => `${JSON.stringify({ id, celsius: 20 + (id % 10) / 2 })}\n`;

/** NDJSON with so many records. */
export const records = (count) => Array.from({ length: count }, (_, id) => record(id)).join("");

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const routes = {
  async steady(response) {
    for (let id = 0; id < 20; id++) {
      response.write(record(id));
      await sleep(2);
    }
    response.end();
  },
  async slow(response) {
    response.write(records(2));
    await sleep(250);
    response.write(records(2));
  },
  async hang(response) {
    response.write(records(2));
  },
};

/** Serves `/<client>/<route>` on 127.0.0.1 and knows which requests of a client are still open. */
export async function startServer() {
  const open = new Map();
  const server = createServer((request, response) => {
    const [, client, route] = request.url.split("/");
    const responses = open.get(client) ?? new Set();
    open.set(client, responses.add(response));
    response.on("close", () => responses.delete(response));
    void routes[route](response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    openRequests: (client) => open.get(client)?.size ?? 0,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
