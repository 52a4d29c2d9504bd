/** Two classes: the lecture's three points and two lines. */
import { fixed, show } from "../state/numbers.ts";
import type { Lesson, RoomState } from "./lesson.ts";

const X = [2, 4, 2, 1, 3, 3]; // A, B, C
const LABELS = [1, 0, 0];
const L1 = [-1, 2, -2];
const CHANGED = {
  en: "The samples have been changed, but A, B and C shall stay: press “Set up this stop again”, and move the line only.",
  zh: "样本已被改动，而 A、B、C 应保持不变：请点“重新布置这一站”，只移动直线。",
};

async function explained(room: RoomState, [w1, w2, b]: number[]) {
  const table = { X: Float64Array.from(X), columns: 2 };
  return await room.engine.logistic.explain(
    table,
    Int32Array.from(LABELS),
    Float64Array.of(w1, w2),
    b,
  );
}

/** The line of the room as it is now. */
function lineOf(room: RoomState): number[] {
  const kept = room.kept("w")?.split(",").map(Number);
  return kept?.length === 3 && kept.every(Number.isFinite) ? kept : L1;
}

export const boundary: Lesson = {
  id: "boundary",
  title: { en: "A line between two classes", zh: "两类之间的直线" },
  stops: [
    {
      room: "boundary",
      state: {},
      title: { en: "How wrong is C?", zh: "C 错得有多严重？" },
      text: {
        en: "Under the line L1, z of C is 1: on the wrong side. The sign of z says that it is wrong; the loss says how much.",
        zh: "在直线 L1 下，C 的 z 是 1，落在错误的一侧。z 的符号说明它错了；损失说明错了多少。",
      },
      where: {
        en: "Look at the column “loss” of the table “Sample by sample”, row C, under the line L1.",
        zh: "请看“逐个样本”表中 C 一行的“损失”，直线应为 L1。",
      },
      task: {
        kind: "number",
        ask: {
          en: "What is the loss of C under L1? Three decimals.",
          zh: "在 L1 下，C 的损失是多少？保留三位小数。",
        },
        async check(given, room) {
          const { a, loss } = await explained(room, L1);
          return {
            right: Math.abs(given - loss[2]) < 6e-4,
            say: {
              en: "a = {a}, so the loss is −ln(1 − a) = {loss}.",
              zh: "a = {a}，所以损失是 −ln(1 − a) = {loss}。",
            },
            values: { a: fixed(a[2], 6), loss: fixed(loss[2], 6) },
            answer: loss[2],
          };
        },
      },
    },
    {
      room: "boundary",
      state: {},
      title: { en: "The error that goes back", zh: "往回传的误差" },
      text: {
        en: "The derivative of the loss with respect to z is a − y: simple, and never 0 while something is to be learned.",
        zh: "损失对 z 的导数就是 a − y：很简单，而且只要还有可学的东西就不为 0。",
      },
      where: {
        en: "Look at the column “dL/dz” of the table “Sample by sample”, row B, under the line L1.",
        zh: "请看“逐个样本”表中 B 一行的 dL/dz，直线应为 L1。",
      },
      task: {
        kind: "number",
        ask: {
          en: "What is dL/dz of B under L1? Three decimals, mind the sign.",
          zh: "在 L1 下，B 的 dL/dz 是多少？保留三位小数，注意正负号。",
        },
        async check(given, room) {
          const { a, error } = await explained(room, L1);
          return {
            right: Math.abs(given - error[1]) < 6e-4,
            say: { en: "a − y = {a} − 0 = {error}.", zh: "a − y = {a} − 0 = {error}。" },
            values: { a: fixed(a[1], 6), error: fixed(error[1], 6) },
            answer: error[1],
          };
        },
      },
    },
    {
      room: "boundary",
      state: {},
      title: { en: "A line that is right about all", zh: "把三点都分对的直线" },
      text: {
        en: "Move the line itself, or its weights. Positive samples have to lie where z > 0.",
        zh: "可以移动直线本身，也可以改变权重。正样本要落在 z > 0 的一侧。",
      },
      where: {
        en: "The total loss is below the table “Sample by sample”.",
        zh: "总损失写在“逐个样本”表的下方。",
      },
      task: {
        kind: "do",
        ask: {
          en: "Find a line under which A, B and C are all right, with a total loss below 0.7.",
          zh: "找一条直线，使 A、B、C 都分对，且总损失低于 0.7。",
        },
        async check(room) {
          if ((room.kept("data") ?? "lecture") !== "lecture") return { right: false, say: CHANGED };
          const { z, loss } = await explained(room, lineOf(room));
          const total = loss.reduce((sum, one) => sum + one, 0);
          const wrong = LABELS.filter((label, i) => z[i] > 0 !== (label === 1)).length;
          return {
            right: wrong === 0 && total < 0.7,
            say: {
              en: "On the wrong side: {wrong} of 3. Sum of the losses: {total}.",
              zh: "3 个点中有 {wrong} 个在错误的一侧；损失之和是 {total}。",
            },
            values: { wrong, total: show(total, 4) },
          };
        },
      },
    },
  ],
};
