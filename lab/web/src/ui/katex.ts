/** Fetched only where formulas are shown. */
import katex from "katex";
import "katex/dist/katex.min.css";

type Styled = HTMLElement | SVGElement | MathMLElement;

export function typeset(latex: string, place: HTMLElement, display: boolean): void {
  withStylesInTheDom(() =>
    katex.render(latex, place, { displayMode: display, throwOnError: false, trust: false }),
  );
}

/**
 * KaTeX gives large brackets and the like their width by an attribute `style`, which the server's
 * policy forbids; the same through the DOM is allowed.
 */
function withStylesInTheDom(render: () => void): void {
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function (name: string, value: string) {
    if (name === "style") (this as Styled).style.cssText = value;
    else setAttribute.call(this, name, value);
  };
  try {
    render();
  } finally {
    Element.prototype.setAttribute = setAttribute;
  }
}
