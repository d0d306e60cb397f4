// What modules of pages find where they run: an address, a page with a few elements, storage, locks.
// Storage is a whole IndexedDB in memory; requests go to a server of this process (log_server.js).
import "fake-indexeddb/auto";

class TestElement {
  dataset = { election: "house51", environment: "rehearsal", pollingDay: "2026-11-29" };
}

/** One holder of a name at a time, in the order in which it was asked for. */
class TestLocks {
  /** @type {Map<string, Promise<unknown>>} */
  #ends = new Map();

  /** @param {string} name @param {any} options @param {any} [act] */
  request(name, options, act = options) {
    const turn = (this.#ends.get(name) ?? Promise.resolve()).then(() => act({ name }));
    this.#ends.set(
      name,
      turn.catch(() => null),
    );
    return turn;
  }
}

/** A channel of pages; this process has one page, so nobody else hears it. */
class TestChannel extends EventTarget {
  postMessage() {}
}

const LATER_MS = 500;
const soon = globalThis.setTimeout;

/** What a page does again later, a test does itself: nothing runs behind its back. */
globalThis.setTimeout = /** @type {any} */ (
  (/** @type {() => void} */ act, /** @type {number} */ ms = 0) =>
    ms < LATER_MS ? soon(act, ms) : soon(() => null, ms).unref()
);

const page = new TestElement();
const target = new EventTarget();

Object.assign(globalThis, {
  HTMLElement: TestElement,
  BroadcastChannel: TestChannel,
  document: {
    documentElement: { lang: "ja" },
    getElementById: (/** @type {string} */ id) => (id === "page" ? page : null),
  },
  location: new URL("http://kaihyo.test/centre/"),
  addEventListener: target.addEventListener.bind(target),
  dispatchEvent: target.dispatchEvent.bind(target),
});
Object.defineProperty(globalThis, "navigator", { value: { onLine: true, locks: new TestLocks() } });
