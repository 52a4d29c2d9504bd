/** How long something takes, as people say it. */
import type { Text } from "../../text/text.svelte.ts";

const SECONDS: Text = { en: "{n} s", zh: "{n} 秒" };
const MINUTES: Text = { en: "{m} min {n} s", zh: "{m} 分 {n} 秒" };
const HOURS: Text = { en: "{h} h {m} min", zh: "{h} 小时 {m} 分" };

export function duration(seconds: number): { text: Text; values: Record<string, number> } {
  if (seconds < 10 && seconds > 0.05)
    return { text: SECONDS, values: { n: Math.round(seconds * 10) / 10 } };
  const whole = Math.round(seconds);
  if (whole < 100) return { text: SECONDS, values: { n: whole } };
  if (whole < 3600) return { text: MINUTES, values: { m: Math.floor(whole / 60), n: whole % 60 } };
  const minutes = Math.round(whole / 60);
  return { text: HOURS, values: { h: Math.floor(minutes / 60), m: minutes % 60 } };
}
