// A field and a slider for each symbol, and whether formulas keep it open.
import { element } from "./editor.js";

const WIDEST = 4;

/** Fields for symbols; `changed` hears the values that were given, and which symbols are fixed. */
export class Fields {
  #place;
  #changed;
  #rows = new Map();

  constructor(place, changed) {
    this.#place = place;
    this.#changed = changed;
  }

  /** Shows these values: new symbols get fields, and a field that is being typed in is left alone. */
  show(values, fixed) {
    const names = Object.keys(values);
    if (names.join() !== [...this.#rows.keys()].join()) {
      const kept = this.#rows;
      this.#rows = new Map(names.map((name) => [name, kept.get(name) ?? this.#row(name)]));
      this.#place.replaceChildren(...names.map((name) => this.#rows.get(name).row));
    }
    for (const [name, value] of Object.entries(values)) this.#fill(this.#rows.get(name), value, fixed.has(name));
  }

  #row(name) {
    const row = element("div", "field", "");
    const id = `value-${name}`;
    const label = element("label", "", name);
    label.htmlFor = id;
    const field = Object.assign(document.createElement("input"), { id, type: "text", inputMode: "numeric", autocomplete: "off" });
    const slider = Object.assign(document.createElement("input"), { type: "range", min: 1 });
    slider.setAttribute("aria-label", `${name}, slider`);
    const open = Object.assign(document.createElement("input"), { type: "checkbox", id: `open-${name}` });
    const keep = element("label", "quiet", "open");
    keep.htmlFor = open.id;
    keep.title = "left open in the formula";
    keep.append(element("span", "hidden", `: ${name} stays a symbol in the formula`));
    field.addEventListener("input", () => this.#changed(name, field.value.trim(), !open.checked));
    slider.addEventListener("input", () => {
      field.value = slider.value;
      this.#changed(name, slider.value, !open.checked);
    });
    open.addEventListener("change", () => this.#changed(name, field.value.trim(), !open.checked));
    row.append(label, slider, field, open, keep);
    return { row, field, slider, open };
  }

  #fill({ field, slider, open }, value, fixed) {
    const whole = /^\d{1,9}$/.test(value);
    slider.hidden = !whole;
    if (whole && document.activeElement !== slider) {
      const number = Number(value);
      if (number > Number(slider.max) || !slider.dataset.set) slider.max = Math.max(16, WIDEST * number);
      slider.dataset.set = "yes";
      slider.value = value;
    }
    if (document.activeElement !== field && field.value !== value) field.value = value;
    open.checked = !fixed;
  }
}
