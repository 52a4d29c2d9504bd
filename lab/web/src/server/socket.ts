/**
 * The connection by which the server tells what goes on; it comes back after a restart of the
 * server and after the machine slept, and what was subscribed to stays so.
 *
 * A message is the whole state of its topic: the newest one is told at once to who subscribes.
 */

import { api } from "./api.ts";
import { status } from "./status.svelte.ts";

type Listener = (message: unknown) => void;

type FromServer =
  | { type: "hello"; server: string }
  | { type: "message"; n: number; topic: string; message: unknown }
  | { type: "pong" }
  | { type: "error"; error: { en: string; zh: string } };

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
const PING_EVERY = 25_000;
const PONG_WITHIN = 8_000;
const MOST_TOPICS_AT_ONCE = 50;

class Socket {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly restartListeners = new Set<() => void>();
  private connection: WebSocket | null = null;
  private started = false;
  private server: string | null = null;
  private wait = FIRST_WAIT;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private pinging: ReturnType<typeof setInterval> | undefined;
  private pong: ReturnType<typeof setTimeout> | undefined;
  private received = 0;
  private acknowledging = false;

  /** Connects, and stays connected from then on. */
  start(): void {
    if (this.started) return;
    this.started = true;
    // The machine woke up, the network is back, the page was taken out of the browser's cache.
    addEventListener("online", () => this.hurry());
    addEventListener("pageshow", () => this.hurry());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.hurry();
    });
    this.connect();
  }

  /**
   * Has `listener` called with the newest state of a topic, now and whenever it changes.
   * Returns what ends it.
   */
  subscribe<T>(topic: string, listener: (message: T) => void): () => void {
    this.start();
    const own: Listener = (message) => listener(message as T);
    const known = this.listeners.get(topic);
    if (known === undefined) this.listeners.set(topic, new Set([own]));
    else known.add(own);
    // Asked again where others listen already: the newcomer wants the newest state, too.
    this.send({ type: "subscribe", topics: [topic] });
    return () => {
      const left = this.listeners.get(topic);
      if (!left?.delete(own) || left.size > 0) return;
      this.listeners.delete(topic);
      this.send({ type: "unsubscribe", topics: [topic] });
    };
  }

  /** Calls `listener` when the server was started anew, and has forgotten what it was given. */
  onRestart(listener: () => void): () => void {
    this.restartListeners.add(listener);
    return () => this.restartListeners.delete(listener);
  }

  private connect(): void {
    clearTimeout(this.retry);
    const address = new URL("api/socket", document.baseURI);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    address.hash = address.search = "";
    const connection = new WebSocket(address);
    let opened = false;
    this.connection = connection;
    connection.onopen = () => {
      opened = true;
    };
    connection.onmessage = (event: MessageEvent<string>) => {
      if (connection === this.connection) this.take(JSON.parse(event.data) as FromServer);
    };
    connection.onclose = () => {
      if (connection !== this.connection) return;
      this.lose(opened);
    };
  }

  private lose(opened: boolean): void {
    this.connection = null;
    clearInterval(this.pinging);
    clearTimeout(this.pong);
    status.missed();
    // A browser does not say why it could not connect; a question tells whether a token is asked.
    if (!opened) api.get("api/health").catch(() => undefined);
    const wait = this.wait * (0.5 + Math.random());
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), wait);
  }

  /** Tries at once instead of waiting; or finds out whether the connection is still there. */
  private hurry(): void {
    this.wait = FIRST_WAIT;
    if (this.connection === null) this.connect();
    else if (this.connection.readyState === WebSocket.OPEN) this.ping();
  }

  private take(message: FromServer): void {
    switch (message.type) {
      case "hello":
        this.greet(message.server);
        break;
      case "message":
        this.received = message.n;
        this.acknowledge();
        for (const listener of [...(this.listeners.get(message.topic) ?? [])])
          listener(message.message);
        break;
      case "pong":
        clearTimeout(this.pong);
        this.pong = undefined;
        break;
      case "error":
        console.warn(message.error.en);
    }
  }

  private greet(server: string): void {
    const restarted = this.server !== null && this.server !== server;
    this.server = server;
    this.wait = FIRST_WAIT;
    this.received = 0;
    status.heard();
    status.needsToken = false;
    clearInterval(this.pinging);
    this.pinging = setInterval(() => this.ping(), PING_EVERY);
    const topics = [...this.listeners.keys()];
    for (let i = 0; i < topics.length; i += MOST_TOPICS_AT_ONCE)
      this.send({ type: "subscribe", topics: topics.slice(i, i + MOST_TOPICS_AT_ONCE) });
    if (restarted) for (const listener of [...this.restartListeners]) listener();
  }

  /** Tells the server how far the page has come, once it has dealt with all that is here. */
  private acknowledge(): void {
    if (this.acknowledging) return;
    this.acknowledging = true;
    setTimeout(() => {
      this.acknowledging = false;
      if (this.received > 0) this.send({ type: "ack", n: this.received });
    });
  }

  private ping(): void {
    if (this.pong !== undefined) return;
    this.send({ type: "ping" });
    const asked = this.connection;
    this.pong = setTimeout(() => {
      this.pong = undefined;
      if (asked === null || asked !== this.connection) return;
      // Closing a connection whose other end is gone may take minutes: it is left to itself.
      asked.onclose = asked.onmessage = null;
      asked.close();
      this.lose(true);
    }, PONG_WITHIN);
  }

  private send(message: object): void {
    if (this.connection?.readyState === WebSocket.OPEN)
      this.connection.send(JSON.stringify(message));
  }
}

export const socket = new Socket();
