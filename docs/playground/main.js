// The page: what is typed is asked of Python, and what it answers is shown.
import { Editor, element } from "./editor.js";
import { Engine } from "./engine.js";
import { Fields } from "./fields.js";
import * as fragment from "./fragment.js";
import { keepOffline } from "./offline.js";
import { openWorker } from "./parts.js";
import * as views from "./views.js";

const BEGIN = { text: "I-C(32,5)-P2-C(32,3)-P2-H256-O10", values: { c: "1", n: "28" } };
const EMPTY = { text: "", values: {}, fixed: new Set(), main: "params", of: [], convention: "textbook", depth: null, others: "" };

const SAID = { starting: "starting Python …", busy: "still working …", algebra: "fetching the algebra …", ready: "" };

const MOST_PLACED = 4;
const FIXED = "Leave a symbol open, above, and the total becomes a formula.";
const CLOSED = "A size that is left out becomes a symbol, and the total a formula: I-C(32,5)-P2-H256-O10.";

const at = (id) => document.getElementById(id);
let state = { ...EMPTY, ...BEGIN, ...fragment.read(location.hash) };
let shown = null;
let shownText = null;
let offered = false;
let hasAlgebra = false;

const engine = new Engine(openWorker, heard);
const editor = new Editor(at("text"), at("colours"), at("suggestions"), (text) => change({ text }));
const fields = new Fields(at("fields"), (name, value, isFixed) => {
  const fixed = new Set(state.fixed);
  if (isFixed) fixed.add(name);
  else fixed.delete(name);
  change({ values: { ...state.values, [name]: value }, fixed });
});

function question() {
  const { text, values, fixed, main, of, convention, depth } = state;
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
  return { text, values: given, fixed: [...fixed], main, of, convention, depth };
}

function change(changes) {
  state = { ...state, ...changes };
  remember();
  ask();
}

let remembering;
function remember() {
  clearTimeout(remembering);
  remembering = setTimeout(() => history.replaceState(null, "", `#${fragment.written(state)}`), 200);
}

async function ask() {
  const { text } = state;
  engine.ask("colours", { text }).then((answer) => answer && editor.colour(text, answer.colours));
  const answer = await engine.ask("table", question());
  if (answer) show(answer);
}

function show(answer) {
  const wrong = answer.error;
  at("answer").classList.toggle("stale", Boolean(wrong));
  at("state").textContent = wrong && shown ? "the answer before the mistake" : "";
  editor.mark(wrong?.span);
  at("message").replaceChildren(...(answer.instead ? [instead(answer.instead)] : wrong ? [views.mistake(wrong)] : []));
  if (wrong) return;
  if (shownText !== state.text) fixOwn(answer.own);
  shown = answer;
  shownText = state.text;
  fields.show(answer.values, state.fixed);
  at("symbols").hidden = Object.keys(answer.values).length === 0;
  at("params").textContent = answer.answer;
  at("at").textContent = `${answer.of}${placed(answer.values)}`;
  keepScroll(at("table"), views.table(answer));
  at("lines").innerHTML = answer.lines.map((line) => `<p>${line}</p>`).join("");
  askMore();
}

/** A network of the zoo comes with values of its own, which are no open symbols until somebody opens them. */
function fixOwn(names) {
  const own = names.filter((name) => !(name in state.values));
  if (own.length > 0) state.fixed = new Set([...state.fixed, ...own]);
}

/** Offers what was pasted in another notation as a text of the language. */
function instead({ text, values, about }) {
  const offer = element("p", "instead", `In another notation${about ? `: ${about}` : ""}. `);
  const button = element("button", "", "Read it as a network");
  button.type = "button";
  button.addEventListener("click", () => {
    editor.text = text;
    change({ text, values, fixed: new Set(Object.keys(values)) });
  });
  offer.append(button);
  return offer;
}

function placed(values) {
  const pairs = Object.entries(values).map(([name, value]) => `${name} = ${value}`);
  if (pairs.length > MOST_PLACED) return " at the values above";
  return pairs.length > 0 ? ` at ${pairs.join(", ")}` : "";
}

function keepScroll(place, content) {
  const left = place.scrollLeft;
  place.replaceChildren(content);
  place.scrollLeft = left;
}

async function askMore() {
  if (at("picture").open) askPicture();
  if (at("derivation").open) askDerivation();
  if (at("compare").open) askComparison();
  const answer = await engine.ask("formula", question());
  if (!answer) return;
  const found = answer.error ? [views.mistake(answer.error)] : views.formulas(answer.formulas);
  at("formulas").replaceChildren(...(found.length > 0 ? found : [element("p", "quiet", Object.keys(shown.values).length > 0 ? FIXED : CLOSED)]));
}

async function askPicture() {
  const answer = await engine.ask("picture", question());
  if (answer) at("drawn").replaceChildren(answer.error ? views.mistake(answer.error) : views.picture(answer.svg));
}

async function askDerivation() {
  const answer = await engine.ask("derivation", question());
  if (answer?.error) at("worked").replaceChildren(views.mistake(answer.error));
  else if (answer) at("worked").innerHTML = answer.html;
}

async function askComparison() {
  const others = state.others.split("\n").map((line) => line.trim()).filter(Boolean);
  if (others.length === 0) return at("compared").replaceChildren();
  const answer = await engine.ask("compare", { ...question(), others });
  if (answer) at("compared").replaceChildren(answer.error ? views.mistake(answer.error) : views.table(answer, 0));
}

function heard(how, message) {
  at("state").textContent = SAID[how] ?? "";
  at("stop").hidden = how !== "busy";
  if (how === "failed") at("message").replaceChildren(element("pre", "wrong", `Python stopped: ${message}\nReload the page to begin again.`));
  if (how === "algebra") hasAlgebra = true;
  if (how === "ready") keepOffline(hasAlgebra);
  if (how === "ready" && !offered) offer();
}

async function offer() {
  offered = true;
  const answer = await engine.ask("offers", {});
  if (!answer) return;
  editor.kinds = answer.kinds;
  const option = (value, text) => Object.assign(element("option", "", text), { value });
  at("zoo").append(...answer.zoo.map(({ name, about }) => option(name, `${name}: ${about}`)));
  at("convention").replaceChildren(...answer.conventions.map(({ name }) => option(name, name)));
  at("convention").value = state.convention;
  at("main").replaceChildren(...answer.quantities.map(({ name, about }) => Object.assign(option(name, name), { title: about })));
  at("main").value = state.main;
  const names = answer.quantities.map(({ name }) => name).filter((name) => name !== "params");
  state.of = state.of.filter((name) => names.includes(name));
  at("quantities").append(...answer.quantities.filter(({ name }) => name !== "params").map(quantity));
  at("what").replaceChildren(...Object.keys(answer.copies).map((what) => option(what, what)));
  const media = () => at("medium").replaceChildren(...answer.copies[at("what").value].map((name) => option(name, name)));
  at("what").addEventListener("change", media);
  media();
  at("medium").value = "latex";
}

function quantity({ name, about }) {
  const label = element("label", "", "");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: state.of.includes(name) });
  box.addEventListener("change", () => {
    change({ of: box.checked ? [...state.of, name] : state.of.filter((each) => each !== name) });
  });
  label.append(box, ` ${name}`);
  label.title = about;
  return label;
}

async function copy(text, button) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Select and copy it";
  }
  setTimeout(() => (button.textContent = before), 1500);
}

at("zoo").addEventListener("change", async ({ target }) => {
  if (!target.value) return;
  const answer = await engine.ask("zoo", { name: target.value });
  target.value = "";
  if (!answer) return;
  editor.text = answer.text;
  change({ text: answer.text, values: answer.values, fixed: new Set(Object.keys(answer.values)) });
});
at("link").addEventListener("click", ({ target }) => {
  const link = `${location.href.split("#")[0]}#${fragment.written(state)}`;
  copy(link, target);
});
at("copy").addEventListener("click", async ({ target }) => {
  const answer = await engine.ask("copy", { ...question(), what: at("what").value, medium: at("medium").value });
  if (!answer) return;
  at("copied").hidden = false;
  at("copied").textContent = answer.error ? answer.error.said : answer.text;
  if (!answer.error) copy(answer.text, target);
});
at("stop").addEventListener("click", () => engine.stop());
at("picture").addEventListener("toggle", () => shown && at("picture").open && askPicture());
at("derivation").addEventListener("toggle", () => shown && at("derivation").open && askDerivation());
at("compare").addEventListener("toggle", () => shown && at("compare").open && askComparison());
at("other").addEventListener("input", ({ target }) => {
  state.others = target.value;
  remember();
  askComparison();
});
at("depth").addEventListener("change", ({ target }) => change({ depth: target.value === "" ? null : Number(target.value) }));
at("main").addEventListener("change", ({ target }) => change({ main: target.value }));
at("convention").addEventListener("change", ({ target }) => change({ convention: target.value }));
addEventListener("hashchange", () => begin({ ...EMPTY, ...(fragment.read(location.hash) ?? BEGIN) }));

function begin(given) {
  state = given;
  shownText = null;
  editor.text = state.text;
  at("other").value = state.others;
  at("main").value = state.main;
  at("convention").value = state.convention;
  at("compare").open = Boolean(state.others);
  for (const box of at("quantities").querySelectorAll("input")) box.checked = state.of.includes(box.parentElement.textContent.trim());
  ask();
}

begin(state);
