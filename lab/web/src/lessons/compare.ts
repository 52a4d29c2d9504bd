/** Which activation fits, and how sure one may be. */
import type { Lesson } from "./lesson.ts";

export const compare: Lesson = {
  id: "compare",
  title: { en: "Which one fits?", zh: "哪个更合适？" },
  stops: [
    {
      room: "compare",
      state: {},
      title: { en: "Three verdicts", zh: "三种结论" },
      text: {
        en: "A comparison repeats cross-validation and asks whether the difference is more than chance: better, equivalent in practice, or no evidence. Run one on a bundled table and read its verdict.",
        zh: "比较会重复做交叉验证，并判断差异是否超出偶然：更好、实际等效，或没有证据。请用自带的表格运行一次，读一读结论。",
      },
      where: {
        en: "Run a comparison and read what its verdict says of a difference that may be chance.",
        zh: "运行一次比较，看看结论是怎样说明“差异可能出于偶然”的。",
      },
      task: {
        kind: "choice",
        ask: {
          en: "Tanh has 97.2 % and ReLU 97.0 %, and the verdict is “no evidence”. What follows?",
          zh: "tanh 是 97.2 %，ReLU 是 97.0 %，结论是“没有证据”。由此可知什么？",
        },
        options: [
          {
            value: "better",
            label: {
              en: "Tanh is the better one by 0.2 points.",
              zh: "tanh 更好，高 0.2 个百分点。",
            },
          },
          {
            value: "equal",
            label: { en: "Both are equally good.", zh: "两者一样好。" },
          },
          {
            value: "open",
            label: {
              en: "These data do not tell; more data might.",
              zh: "这些数据还说明不了；有更多数据也许可以。",
            },
          },
        ],
        check: async (given) => ({
          right: given === "open",
          say: {
            en: "“No evidence” is not “equal”: that is said only where the difference is most probably too small to matter.",
            zh: "“没有证据”不等于“相等”：只有当差异极可能小到无关紧要时，才会说“实际等效”。",
          },
        }),
      },
    },
  ],
};
