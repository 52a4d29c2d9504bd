/** The tables that come with the room, each with its source. */
import type { Text } from "../../text/text.svelte.ts";
import { anscombe } from "./tables/anscombe.ts";
import { cars } from "./tables/cars.ts";
import { drawn, drawnPlane } from "./tables/drawn.ts";
import { engel } from "./tables/engel.ts";
import { house, unequalHouse } from "./tables/house.ts";

export const SETS = [
  "points",
  "plane",
  "house",
  "unequal",
  "cars",
  "engel",
  "anscombe1",
  "anscombe2",
  "anscombe3",
  "anscombe4",
] as const;
export type SetName = (typeof SETS)[number];

export interface SetEntry {
  title: Text;
  /** What it is and what there is to see. */
  about: Text;
  source: Text;
  values: Readonly<Record<string, readonly number[]>>;
  /** What columns are called on the page; the others by their names. */
  labels: Readonly<Record<string, Text>>;
  features: readonly string[];
  target: string;
  /** By how many degrees it is turned at first, so that one does not see the plane's edge. */
  turned?: number;
}

const OWN: Text = { en: "made for this room", zh: "为本房间而造" };
const HOUSE_LABELS: Record<string, Text> = {
  size: { en: "size (m²)", zh: "面积（m²）" },
  gross_size: { en: "gross size (m²)", zh: "建筑面积（m²）" },
  distance: { en: "distance (km)", zh: "距市中心（km）" },
  price: { en: "price (1000 yuan)", zh: "房价（千元）" },
};
const ANSCOMBE_SOURCE: Text = {
  en: "Anscombe, The American Statistician 27 (1973)",
  zh: "Anscombe，The American Statistician 27（1973）",
};
const ANSCOMBE_ABOUT: Text[] = [
  {
    en: "A linear relation with errors, as the model assumes. All four of Anscombe's tables have the same means, variances, line and R²: look at the others.",
    zh: "带误差的线性关系，正如模型所假设。Anscombe 的四组数据均值、方差、直线和 R² 都相同：请看看另外三组。",
  },
  {
    en: "The same line and R² as the first, but the relation is a curve: the residuals show it.",
    zh: "直线和 R² 与第一组相同，但关系是曲线：残差图一看便知。",
  },
  {
    en: "The same line and R² again, but one outlier has turned the line away from all the others.",
    zh: "直线和 R² 仍然相同，但一个离群点把直线从其余各点拉开了。",
  },
  {
    en: "The same once more, but a single point decides the slope. Move it and see.",
    zh: "又是同样的结果，但斜率完全由一个点决定。移动它试试。",
  },
];

function anscombeEntry(index: number): SetEntry {
  const numeral = ["I", "II", "III", "IV"][index];
  return {
    title: { en: `Anscombe ${numeral}`, zh: `Anscombe 四重奏 ${numeral}` },
    about: ANSCOMBE_ABOUT[index],
    source: ANSCOMBE_SOURCE,
    values: anscombe[index],
    labels: {},
    features: ["x"],
    target: "y",
  };
}

export const sets: Record<SetName, SetEntry> = {
  points: {
    title: { en: "Points to drag", zh: "可拖动的点" },
    about: {
      en: "A dozen points about a line. Drag them, or press on the plot to add one.",
      zh: "一条直线附近的十几个点。可以拖动；在图上点按可添加。",
    },
    source: OWN,
    values: drawn,
    labels: {},
    features: ["x"],
    target: "y",
  },
  plane: {
    title: { en: "Points about a plane", zh: "平面附近的点" },
    about: {
      en: "Two variables: the line becomes a plane.",
      zh: "两个变量：直线变成平面。",
    },
    source: OWN,
    values: drawnPlane,
    labels: {},
    features: ["x1", "x2"],
    target: "y",
  },
  house: {
    title: { en: "House prices", zh: "房价" },
    about: {
      en: "The lecture's example, made by price = 12 size − 45 distance + 900 + noise. Size and gross size together break the third condition.",
      zh: "讲座中的例子，由 房价 = 12 面积 − 45 距离 + 900 + 噪声 生成。同时取面积与建筑面积会违反第三个条件。",
    },
    source: { en: "ogive.data.load_house", zh: "ogive.data.load_house" },
    values: house,
    labels: HOUSE_LABELS,
    features: ["size", "distance", "gross_size"],
    target: "price",
  },
  unequal: {
    title: { en: "House prices, unequal errors", zh: "房价，误差不等" },
    about: {
      en: "The same formula, but the noise grows with the size: the second condition is broken.",
      zh: "公式相同，但噪声随面积增大：违反第二个条件。",
    },
    source: {
      en: 'ogive.data.load_house, variant "heteroscedastic"',
      zh: "ogive.data.load_house，variant 为 heteroscedastic",
    },
    values: unequalHouse,
    labels: HOUSE_LABELS,
    features: ["size", "distance"],
    target: "price",
  },
  cars: {
    title: { en: "Cars of 1974", zh: "1974 年的汽车" },
    about: {
      en: "How far 32 cars went on a gallon, by weight, power and displacement (“mtcars”). Two of these go together.",
      zh: "32 款汽车每加仑行驶的英里数，与车重、功率、排量的关系（“mtcars”）。其中的变量彼此相关。",
    },
    source: {
      en: "Motor Trend 1974; Henderson and Velleman, Biometrics 37 (1981)",
      zh: "Motor Trend 1974；Henderson 与 Velleman，Biometrics 37（1981）",
    },
    values: cars,
    labels: {
      weight: { en: "weight (1000 lb)", zh: "车重（千磅）" },
      power: { en: "power (hp)", zh: "功率（马力）" },
      displacement: { en: "displacement (in³)", zh: "排量（立方英寸）" },
      mpg: { en: "miles per gallon", zh: "每加仑英里数" },
    },
    features: ["weight", "power", "displacement"],
    target: "mpg",
    turned: 180,
  },
  engel: {
    title: { en: "Income and food", zh: "收入与食品支出" },
    about: {
      en: "What 235 households of 1857 earned and spent on food. The more they earned, the more they differed.",
      zh: "1857 年 235 户家庭的收入与食品支出。收入越高，差别越大。",
    },
    source: {
      en: "Engel 1857; Koenker and Bassett, Econometrica 50 (1982)",
      zh: "Engel 1857；Koenker 与 Bassett，Econometrica 50（1982）",
    },
    values: engel,
    labels: {
      income: { en: "income (francs)", zh: "收入（法郎）" },
      foodexp: { en: "food (francs)", zh: "食品支出（法郎）" },
    },
    features: ["income"],
    target: "foodexp",
  },
  anscombe1: anscombeEntry(0),
  anscombe2: anscombeEntry(1),
  anscombe3: anscombeEntry(2),
  anscombe4: anscombeEntry(3),
};
