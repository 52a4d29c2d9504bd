/** Linear regression: the line of least squares, and the way there. */
import { columns } from "../state/codecs.ts";
import { show } from "../state/numbers.ts";
import { near, type Lesson, type RoomState } from "./lesson.ts";

const X = [1, 2, 3, 4, 5];
const Y = [2.1, 3.9, 6.2, 7.8, 10.1];
const TABLE = columns().write([X, Y]);
/** Room to drag a point far down. */
const VIEW = "0,6,-8,12";
const STATE = { set: "own", t: TABLE, names: "x\u001fy" };

/** The rows as they are in the room now, or as the stop set them up. */
function rows(room: RoomState): { X: Float64Array; y: Float64Array } {
  const kept = room.kept("t");
  const [x, y] = (kept === null ? undefined : columns().read(kept)) ?? [X, Y];
  return { X: Float64Array.from(x), y: Float64Array.from(y) };
}

async function solved(room: RoomState) {
  const { X, y } = rows(room);
  return await room.engine.linear.solve({ X, columns: 1 }, y);
}

export const line: Lesson = {
  id: "line",
  title: { en: "A line through points", zh: "穿过数据点的直线" },
  stops: [
    {
      room: "line",
      state: STATE,
      title: { en: "a and b are learned, not given", zh: "a 和 b 是学出来的，不是给定的" },
      text: {
        en: "Five labelled rows, one variable: y = a + b x + ε. The exact solution is the line whose squared residuals have the smallest sum.",
        zh: "五行带标签的数据，一个变量：y = a + b x + ε。精确解就是残差平方和最小的那条直线。",
      },
      where: {
        en: "Look at b of “Exact solution” in the table under “The race”.",
        zh: "请看“竞赛”下面的表格中“精确解”一行的 b。",
      },
      task: {
        kind: "number",
        ask: {
          en: "What is the slope b of the exact line? Two decimals will do.",
          zh: "精确直线的斜率 b 是多少？保留两位小数即可。",
        },
        async check(given, room) {
          const right = (await solved(room)).coef[0];
          return {
            right: near(given, right),
            say: {
              en: "The normal equations give b = {b} for the points as they are now.",
              zh: "对目前的点，正规方程给出 b = {b}。",
            },
            values: { b: show(right, 5) },
            answer: right,
          };
        },
      },
    },
    {
      room: "line",
      state: { ...STATE, view: VIEW },
      title: { en: "One point pulls", zh: "一个点的牵引" },
      text: {
        en: "Squares weigh large errors heavily: a single point far away turns the whole line. Drag a point at one end, or give it the focus and use the arrow keys.",
        zh: "平方使大的误差分量很重：一个远离的点就能转动整条直线。请拖动靠近一端的点，也可以选中它再按方向键。",
      },
      where: {
        en: "The slope is b of the exact solution, in the table under “The race”.",
        zh: "斜率就是精确解的 b，见“竞赛”下面的表格。",
      },
      task: {
        kind: "do",
        ask: {
          en: "Move one point until the slope of the exact line is negative.",
          zh: "移动一个点，使精确直线的斜率变为负数。",
        },
        async check(room) {
          const slope = (await solved(room)).coef[0];
          return {
            right: slope < 0,
            say: { en: "The slope is {b} now.", zh: "现在的斜率是 {b}。" },
            values: { b: show(slope, 4) },
          };
        },
      },
    },
    {
      room: "line",
      state: { ...STATE, rate: "0.1" },
      title: { en: "A step that is too large", zh: "步子太大" },
      text: {
        en: "Gradient descent walks down the loss. Up to a certain learning rate it arrives; above, every step overshoots by more than the last. That limit is 2/λmax, where λmax is how strongly the loss curves in its steepest direction; it is written beside the learning rate. Change the rate and press play.",
        zh: "梯度下降沿损失走下坡。学习率不超过某个界限时能够到达；超过它，每一步都比上一步冲过更多。这个界限是 2/λmax，λmax 是损失在最陡方向上的弯曲程度；它标在学习率旁边。请改变学习率，再按播放。",
      },
      where: {
        en: "The learning rate is in the bar below the two plots.",
        zh: "学习率在两幅图下方的控制条里。",
      },
      task: {
        kind: "do",
        ask: {
          en: "Set the learning rate so that the descent on all rows diverges.",
          zh: "设定学习率，使用全部样本的下降发散。",
        },
        async check(room) {
          const { X, y } = rows(room);
          const learningRate = Number(room.kept("rate") ?? "0.1");
          const options = { learningRate, maxIter: 400, tol: 0, shuffle: false, seed: 0 };
          const ran = await room.engine.linear.descend({ X, columns: 1 }, y, options);
          const last = ran.loss[ran.loss.length - 1];
          return {
            right: last > ran.loss[0],
            say: {
              en: "With {rate} the loss goes from {first} to {last}; the limit is {limit}.",
              zh: "学习率为 {rate} 时，损失从 {first} 变为 {last}；界限是 {limit}。",
            },
            values: {
              rate: show(learningRate),
              first: show(ran.loss[0]),
              last: show(last),
              limit: show(ran.learningRateLimit),
            },
          };
        },
      },
    },
  ],
};
