/** The rooms in the lecture's order; each is fetched when it is entered. */
import type { Component } from "svelte";
import type { RoomName } from "../state/link.svelte.ts";
import type { Text } from "../text/text.svelte.ts";

export interface RoomEntry {
  name: RoomName;
  title: Text;
  about: Text;
  load: () => Promise<{ default: Component }>;
  needsServer?: boolean;
}

export const rooms: RoomEntry[] = [
  {
    name: "line",
    title: { en: "Line", zh: "直线" },
    about: {
      en: "Linear regression: the exact solution and gradient descent, side by side.",
      zh: "线性回归：精确解与梯度下降，并排比较。",
    },
    load: () => import("./line/Room.svelte"),
  },
  {
    name: "boundary",
    title: { en: "Boundary", zh: "分界" },
    about: {
      en: "Two classes: z, a and the loss of every point, and the line between the classes.",
      zh: "二分类：每个点的 z、a 和损失，以及两类之间的直线。",
    },
    load: () => import("./boundary/Room.svelte"),
  },
  {
    name: "classes",
    title: { en: "Many classes", zh: "多分类" },
    about: {
      en: "One-vs-one, one-vs-rest, code words and softmax on the same points.",
      zh: "一对一、一对其余、编码与 softmax，用同样的点比较。",
    },
    load: () => import("./classes/Room.svelte"),
  },
  {
    name: "functions",
    title: { en: "Functions", zh: "激活函数" },
    about: {
      en: "Every activation function with its derivative, ranges, properties and cost; or your own.",
      zh: "每个激活函数及其导数、值域、性质与代价；也可以输入自己的公式。",
    },
    load: () => import("./functions/Room.svelte"),
  },
  {
    name: "network",
    title: { en: "Network", zh: "神经网络" },
    about: {
      en: "Build a network, watch it train, and see what every unit does.",
      zh: "搭建网络，观看训练，看清每个单元在做什么。",
    },
    load: () => import("./network/Room.svelte"),
  },
  {
    name: "compare",
    title: { en: "Compare", zh: "比较" },
    about: {
      en: "Which activation fits your table, and why.",
      zh: "哪个激活函数适合你的数据，以及为什么。",
    },
    load: () => import("./compare/Room.svelte"),
    needsServer: true,
  },
  {
    name: "lessons",
    title: { en: "Lessons", zh: "课程" },
    about: {
      en: "A path through the rooms, with a task at each stop.",
      zh: "依次走过各个房间，每一站有一道题。",
    },
    load: () => import("../lessons/Room.svelte"),
  },
];
