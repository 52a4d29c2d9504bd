/** Questions to the server: JSON there and back, errors in both languages, an end to waiting. */

import type { Text } from "../text/text.svelte.ts";
import { status } from "./status.svelte.ts";

/** Something the server refused, or could not be asked; `text` says what, in both languages. */
export class ServerError extends Error {
  constructor(
    readonly text: Text,
    /** Of the answer; 0 where there is none. */
    readonly status: number,
    /** More about it, such as the `place` in a formula: where what is wrong begins and ends. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(text.en);
    this.name = "ServerError";
  }

  /** Whether the server is gone, rather than of another opinion. */
  get offline(): boolean {
    return this.status === 0;
  }
}

export interface Options {
  /** Gives up the question; the promise is rejected with an AbortError. */
  signal?: AbortSignal;
  /** Milliseconds to wait for the answer. */
  timeout?: number;
}

export interface UploadOptions extends Options {
  /** Told the share that is sent, from 0 to 1. */
  progress?: (share: number) => void;
}

const TIMEOUT = 30_000;
const UPLOAD_TIMEOUT = 600_000;
const GONE: Text = { en: "The lab's server does not answer.", zh: "实验室的服务器没有响应。" };
const SLOW: Text = {
  en: "The lab's server took too long to answer.",
  zh: "实验室的服务器响应时间过长。",
};
const STRANGE: Text = {
  en: "The lab's server gave an answer that the page does not understand.",
  zh: "页面无法理解实验室服务器的回答。",
};

export const api = {
  get: <T>(path: string, options?: Options) => ask<T>("GET", path, undefined, options),
  post: <T>(path: string, body: unknown, options?: Options) => ask<T>("POST", path, body, options),
  delete: <T>(path: string, options?: Options) => ask<T>("DELETE", path, undefined, options),
  upload,
};

async function ask<T>(
  method: string,
  path: string,
  body: unknown,
  { signal, timeout = TIMEOUT }: Options = {},
): Promise<T> {
  const waiting = new AbortController();
  const giveUp = () => waiting.abort(signal?.reason);
  if (signal?.aborted) giveUp();
  signal?.addEventListener("abort", giveUp);
  let late = false;
  const clock = setTimeout(() => {
    late = true;
    waiting.abort();
  }, timeout);
  try {
    const answer = await fetch(path, {
      method,
      signal: waiting.signal,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    });
    const text = await answer.text();
    status.heard();
    return read<T>(answer.status, text);
  } catch (error) {
    if (error instanceof ServerError || signal?.aborted) throw error;
    if (late) throw new ServerError(SLOW, 0);
    status.missed();
    throw new ServerError(GONE, 0);
  } finally {
    clearTimeout(clock);
    signal?.removeEventListener("abort", giveUp);
  }
}

/** Sends a file as it is; `fetch` cannot tell how far it has come. */
function upload<T>(
  path: string,
  file: Blob,
  { signal, timeout = UPLOAD_TIMEOUT, progress }: UploadOptions = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (text: Text) => reject(new ServerError(text, 0));
    const giveUp = () => request.abort();
    request.open("POST", path);
    request.timeout = timeout;
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) progress?.(event.loaded / event.total);
    };
    request.onload = () => {
      status.heard();
      try {
        resolve(read<T>(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => {
      status.missed();
      fail(GONE);
    };
    request.ontimeout = () => fail(SLOW);
    request.onabort = () => reject(new DOMException("The upload was given up.", "AbortError"));
    request.onloadend = () => signal?.removeEventListener("abort", giveUp);
    signal?.addEventListener("abort", giveUp);
    if (signal?.aborted) reject(new DOMException("The upload was given up.", "AbortError"));
    else request.send(file);
  });
}

function read<T>(code: number, text: string): T {
  let value: unknown;
  try {
    value = text === "" ? null : JSON.parse(text);
  } catch {
    throw new ServerError(STRANGE, code);
  }
  if (code >= 200 && code < 300) return value as T;
  if (code === 401) status.needsToken = true;
  throw refusal(code, value);
}

function refusal(code: number, value: unknown): ServerError {
  const error = (value as { error?: Record<string, unknown> } | null)?.error;
  if (typeof error?.en !== "string" || typeof error.zh !== "string")
    return new ServerError(STRANGE, code);
  const { en, zh, ...details } = error;
  return new ServerError({ en: error.en, zh: error.zh }, code, details);
}
