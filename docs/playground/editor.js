// The text of a network: coloured as the grammar parts it, the place of a mistake marked, words suggested.

const MOST_COLOURED = 20_000;
const MOST_SUGGESTED = 8;

export class Editor {
  #area;
  #behind;
  #offered;
  #colours = { text: "", spans: [] };
  #wrong = null;
  kinds = [];

  /** `changed` hears each new text. */
  constructor(area, behind, offered, changed) {
    this.#area = area;
    this.#behind = behind;
    this.#offered = offered;
    area.addEventListener("input", () => {
      this.#wrong = null;
      this.#paint();
      this.#suggest();
      changed(area.value);
    });
    area.addEventListener("keydown", (event) => this.#complete(event));
    for (const event of ["click", "keyup"]) area.addEventListener(event, () => this.#suggest());
  }

  get text() {
    return this.#area.value;
  }

  set text(value) {
    this.#area.value = value;
    this.#wrong = null;
    this.#paint();
  }

  /** Takes colours for a text, as spans of it. */
  colour(text, spans) {
    this.#colours = { text, spans };
    this.#paint();
  }

  /** Marks the place of a mistake, or none. */
  mark(span) {
    this.#wrong = span ?? null;
    if (span) this.#area.setAttribute("aria-invalid", "true");
    else this.#area.removeAttribute("aria-invalid");
    this.#paint();
  }

  #paint() {
    const text = this.#area.value;
    const pieces = text.length > MOST_COLOURED ? [] : this.#spans(text);
    const drawn = document.createDocumentFragment();
    let at = 0;
    for (const [start, end, colour] of pieces) {
      if (start < at) continue;
      drawn.append(text.slice(at, start), element("span", colour, text.slice(start, end)));
      at = end;
    }
    drawn.append(text.slice(at), "\u200b");
    this.#behind.replaceChildren(drawn);
    if (this.#wrong) underline(this.#behind, ...this.#wrong);
  }

  /** The colours of the text that they were made for, up to where this one differs from it. */
  #spans(text) {
    const { text: known, spans } = this.#colours;
    let same = 0;
    while (same < text.length && text[same] === known[same]) same += 1;
    return known === text ? spans : spans.filter(([, end]) => end <= same);
  }

  #suggest() {
    const words = this.#area.selectionStart === this.#area.selectionEnd ? this.#found() : [];
    this.#offered.hidden = words.length === 0;
    this.#offered.replaceChildren(
      ...words.map(({ word, about }) => {
        const button = element("button", "", "");
        button.type = "button";
        button.append(element("code", "", word), ` ${about}`);
        button.addEventListener("click", () => this.#take(word));
        return button;
      }),
    );
  }

  #begun() {
    return /[A-Za-z_]\w*$/.exec(this.#area.value.slice(0, this.#area.selectionStart))?.[0] ?? "";
  }

  #found() {
    const begun = this.#begun();
    if (!begun || /^\w/.test(this.#area.value.slice(this.#area.selectionStart))) return [];
    const before = this.#area.value.slice(0, this.#area.selectionStart - begun.length);
    const inside = /([A-Za-z_]\w*)\(([^()]*,)?\s*$/.exec(before);
    const begins = (word) => word.toLowerCase().startsWith(begun.toLowerCase());
    const found = inside ? this.#names(inside[1]) : this.kinds.map((kind) => named(kind, begins));
    return found.filter((each) => each && begins(each.found) && each.word !== begun).slice(0, MOST_SUGGESTED);
  }

  #names(token) {
    const kind = this.kinds.find((each) => each.token === token || each.aliases.includes(token.toLowerCase()));
    return (kind?.arguments ?? []).map((name) => ({ word: `${name}=`, found: name, about: "" }));
  }

  #complete(event) {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      this.#offered.querySelector("code") && this.#take(this.#offered.querySelector("code").textContent);
    } else if (event.key === "Escape") this.#offered.hidden = true;
  }

  #take(word) {
    const end = this.#area.selectionStart;
    this.#area.focus();
    this.#area.setSelectionRange(end - this.#begun().length, end);
    // inserted as if typed, so that it can be undone
    if (!document.execCommand("insertText", false, word)) this.#area.setRangeText(word, end - this.#begun().length, end, "end");
    this.#area.dispatchEvent(new Event("input"));
  }
}

function named(kind, begins) {
  const found = [kind.token, ...kind.aliases].find(begins);
  return found && { word: kind.token, found, about: kind.about.replace(/`/g, "") };
}

export function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

/** Wraps the characters from start to end of an element's text in marks. */
function underline(inside, start, end) {
  const walker = document.createTreeWalker(inside, NodeFilter.SHOW_TEXT);
  const stop = Math.max(end, start + 1);
  let at = 0;
  const parts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const from = Math.max(start - at, 0);
    const to = Math.min(stop - at, node.length);
    if (from < to) parts.push([node, from, to]);
    at += node.length;
  }
  for (const [node, from, to] of parts) {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    range.surroundContents(element("mark", "", ""));
  }
}
