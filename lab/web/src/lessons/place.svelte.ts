/** Where one is in the lessons, and which stops are solved; the second is kept in this browser. */
import { link } from "../state/link.svelte.ts";
import type { Lesson, Stop } from "./lesson.ts";

const KEY = "ogive-lessons";

function stored(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === "string") : [];
  } catch {
    return [];
  }
}

class Place {
  solved: string[] = $state(stored());

  solve(name: string): void {
    if (this.solved.includes(name)) return;
    this.solved = [...this.solved, name];
    try {
      localStorage.setItem(KEY, JSON.stringify(this.solved));
    } catch {
      // Forbidden by the browser: it is then known while the page is open.
    }
  }

  forget(): void {
    this.solved = [];
    try {
      localStorage.removeItem(KEY);
    } catch {
      // See above.
    }
  }
}

export const place = new Place();

export function nameOf(lesson: Lesson, index: number): string {
  return `${lesson.id}.${index + 1}`;
}

/** The link to a stop: its room in the state that the stop begins with. */
export function addressOf(lesson: Lesson, index: number): string {
  const stop: Stop = lesson.stops[index];
  const query = new URLSearchParams({ ...stop.state, lesson: nameOf(lesson, index) });
  return `#/${stop.room}?${query}`;
}

export function here(lessons: Lesson[]): { lesson: Lesson; index: number } | null {
  const [id, number] = link.lesson.split(".");
  const lesson = lessons.find((one) => one.id === id);
  const index = Number(number) - 1;
  return lesson?.stops[index] ? { lesson, index } : null;
}
