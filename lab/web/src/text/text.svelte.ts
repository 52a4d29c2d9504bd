/** Chinese and English, switchable at any moment: texts are pairs until they are shown. */

export type Language = "en" | "zh";

export interface Text {
  en: string;
  zh: string;
}

const KEY = "ogive-language";

function first(): Language {
  const asked = new URLSearchParams(location.search).get("lang");
  const kept = asked ?? stored() ?? document.documentElement.dataset.lang ?? navigator.language;
  return kept.toLowerCase().startsWith("zh") ? "zh" : "en";
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // forbidden by the browser: it is then asked anew each time
  }
}

class Choice {
  language: Language = $state("en");

  constructor() {
    this.choose(first());
  }

  choose(language: Language): void {
    this.language = language;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    try {
      localStorage.setItem(KEY, language);
    } catch {
      // See above.
    }
  }
}

export const choice = new Choice();

/**
 * The text in the language of the moment; `{name}` is replaced by `values.name`.
 *
 * To be called where it is shown (in the markup or a `$derived`), so that it follows a switch.
 */
export function t(text: Text, values: Record<string, string | number> = {}): string {
  return text[choice.language].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}
