// What was answered, as it is seen. Text is set as text; HTML comes from Python alone, which escapes what was typed.
import katex from "./katex/katex.mjs";
import { element } from "./editor.js";

const LONGEST_FORMULA = 30_000;

/** A table of cells that are HTML; the second column names its row. */
export function table(found, heads = 1) {
  const { columns, rows, total, left_out: leftOut } = numbersFirst(found);
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const { heading, numeric, leaves } of columns) {
    const cell = element("th", classes(numeric, leaves), heading);
    cell.scope = "col";
    head.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows) append(body, row, columns, heads);
  if (leftOut) body.insertRow().append(Object.assign(element("td", "quiet", `and ${leftOut} more`), { colSpan: columns.length }));
  if (total) append(made.createTFoot(), total, columns, 2);
  return made;
}

/** The same table, what may be wide behind the numbers: they stay in sight. */
function numbersFirst(found) {
  const order = found.columns.map((_, at) => at).sort((one, other) => Boolean(found.columns[one].leaves) - Boolean(found.columns[other].leaves));
  const sorted = (cells) => order.map((at) => cells[at]);
  return { ...found, columns: sorted(found.columns), rows: found.rows.map(sorted), total: found.total && sorted(found.total) };
}

function append(place, cells, columns, heads) {
  const row = place.insertRow();
  cells.forEach((html, at) => {
    const cell = document.createElement(at === heads && html ? "th" : "td");
    if (cell.tagName === "TH") cell.scope = "row";
    cell.className = classes(columns[at].numeric, columns[at].leaves);
    cell.innerHTML = html;
    row.append(cell);
  });
}

function classes(numeric, leaves) {
  return [numeric ? "number" : "", leaves ? `leaves-${leaves}` : ""].filter(Boolean).join(" ");
}

/** Formulas, each with what its letters are and for which sizes it holds. */
export function formulas(found) {
  return found.map(({ left, right, where, conditions, assumptions }) => {
    const made = element("div", "formula", "");
    made.append(right.length > LONGEST_FORMULA ? tooLong() : mathematics(`${left} = ${right}`, "div", true));
    const said = [["where", where], ["for", conditions], ["assuming", assumptions]].filter(([, each]) => each.length > 0);
    if (said.length > 0) {
      const line = element("p", "rests", "");
      said.forEach(([word, each], at) => {
        line.append(at > 0 ? ", " : "", `${word} `);
        each.forEach((piece, place) => line.append(place > 0 ? ", " : "", mathematics(piece, "span", false)));
      });
      made.append(line);
    }
    return made;
  });
}

function tooLong() {
  return element("p", "quiet", "This formula is too long to be set here; it can be copied below.");
}

function mathematics(latex, tag, display) {
  const made = document.createElement(tag);
  katex.render(display ? `\\displaystyle ${latex}` : latex, made, { throwOnError: false, strict: "ignore", trust: false });
  return made;
}

/** A picture that Python drew; its style is that of the page. */
export function picture(svg) {
  const bare = svg.replace(/^(<svg[^>]*?) style="[^"]*"/, "$1");
  return document.importNode(new DOMParser().parseFromString(bare, "image/svg+xml").documentElement, true);
}

/** What is wrong with a text, its place over a caret. */
export function mistake({ said }) {
  return element("pre", "wrong", said);
}
