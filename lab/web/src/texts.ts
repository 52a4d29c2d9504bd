/** What the shell says. */
export const texts = {
  skip: { en: "Skip to the content", zh: "跳到正文" },
  howToMove: {
    en: "Drag it, or move it with the arrow keys; with Shift in larger steps.",
    zh: "拖动，或用方向键移动；按住 Shift 步子更大。",
  },
  loading: { en: "Loading …", zh: "正在加载……" },
  roomMissing: {
    en: "This room could not be fetched: the server does not answer. Start it again and reload.",
    zh: "服务器没有应答，无法取得这个房间。请重新启动服务器，然后刷新页面。",
  },
  offline: {
    en: "The server is gone. This page goes on computing; what needs the server waits for it.",
    zh: "与服务器的连接已断开。本页仍可继续计算；需要服务器的部分会等它恢复。",
  },
  offlineNeedsServer: {
    en: "The server is gone. This room needs it, keeps what you have entered, and connects again by itself.",
    zh: "与服务器的连接已断开。这个房间需要服务器；你输入的内容会保留，连接会自动恢复。",
  },
  needsToken: {
    en: "The server was started again with another token. What you have entered stays on this page; what needs the server waits until you show the new token.",
    zh: "服务器已用新的口令重新启动。你输入的内容仍保留在本页；需要服务器的部分要等你输入新口令后才能继续。",
  },
  showToken: { en: "Enter the token", zh: "输入口令" },
  rooms: { en: "Rooms", zh: "房间" },
  language: { en: "中文", zh: "English" },
  switchLanguage: { en: "切换到中文", zh: "Switch to English" },
  theme: { en: "Colours", zh: "配色" },
  light: { en: "Light", zh: "浅色" },
  dark: { en: "Dark", zh: "深色" },
  system: { en: "Auto", zh: "自动" },
  share: { en: "Copy link", zh: "复制链接" },
  shared: { en: "Link copied", zh: "链接已复制" },
  startTitle: {
    en: "The foundations of neural networks, to touch",
    zh: "动手学神经网络基础",
  },
  begin: { en: "Begin with the lessons", zh: "从课程开始" },
  startAbout: {
    en: "From a straight line to a network of several layers. Every number on these pages is computed here, on this machine, by the same engine that you use from Python.",
    zh: "从一条直线到多层网络。页面上的每个数字都在这台机器上算出，用的正是你在 Python 中使用的同一个引擎。",
  },
};
