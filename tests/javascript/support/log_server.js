// A server that answers as it is told: over HTTP, as the log or what stands before it would.
import { createServer } from "node:http";

const request = globalThis.fetch;

/**
 * Start it. Every request is answered by the next of `answers` (status, body and type), or cut off
 * where there is none; `seen` has the bodies that came.
 */
export async function startLogServer() {
  /** @type {{ status: number, body: unknown, type?: string }[]} */
  const answers = [];
  /** @type {{ address: string, type: string, text: string, authorization?: string }[]} */
  const seen = [];
  const server = createServer(async (asked, answer) => {
    let text = "";
    for await (const part of asked) text += part;
    const { authorization } = asked.headers;
    seen.push({ address: asked.url ?? "", type: asked.headers["content-type"] ?? "", text, authorization });
    const next = answers.shift();
    if (!next) return asked.socket.destroy();
    answer.writeHead(next.status, { "content-type": next.type ?? "application/json" });
    answer.end(typeof next.body === "string" ? next.body : JSON.stringify(next.body));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(null)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  globalThis.fetch = (address, options) => {
    const { credentials, cache, ...others } = options ?? {};
    return request(new URL(String(address), `http://127.0.0.1:${port}`), others);
  };
  return { answers, seen, stop: () => server.close() };
}
