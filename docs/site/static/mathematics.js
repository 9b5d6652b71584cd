// Sets the mathematics of Markdown, as forges have it too, by the KaTeX of the page; what is HTML already has MathML.
import katex from "../playground/katex/katex.mjs";

const href = new URL("../playground/katex/katex.min.css", import.meta.url).href;
document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
for (const each of document.querySelectorAll(".math")) {
  const latex = each.textContent.trim().replace(/^\\[[(]`?|`?\\[\])]$/g, "");
  katex.render(latex, each, { displayMode: each.tagName === "DIV", throwOnError: false, strict: "ignore" });
}
