export const playTexts = {
  rewind: { en: "Back to the start", zh: "回到起点" },
  back: { en: "One step back", zh: "后退一步" },
  play: { en: "Play", zh: "播放" },
  pause: { en: "Pause", zh: "暂停" },
  step: { en: "One step on", zh: "前进一步" },
  end: { en: "To the end", zh: "到终点" },
  speed: { en: "Speed (steps a second)", zh: "速度（每秒步数）" },
  perSecond: { en: "{speed} / s", zh: "每秒 {speed} 步" },
};
