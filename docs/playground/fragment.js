// The state of the page in the fragment of its address, so that a link is a network. Nothing in it is trusted.

const NAME = /^[A-Za-z_]\w{0,99}$/;
const MOST = 300_000;

/** The fragment of a state: `net` is the text, `with` the values, `fix` what is fixed, `of` the main quantity, `also` further ones. */
export function written({ text, values, fixed, main, of, convention, others }) {
  const pairs = Object.entries(values).map(([name, value]) => `${name}:${value}`);
  const parts = [
    ["net", text],
    ["with", pairs.join(",")],
    ["fix", [...fixed].join(",")],
    ["of", main === "params" ? "" : main],
    ["also", of.join(",")],
    ["convention", convention === "textbook" ? "" : convention],
    ["beside", others],
  ];
  return parts.filter(([, value]) => value).map(([key, value]) => `${key}=${encoded(value)}`).join("&");
}

function encoded(value) {
  return encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%40/g, "@");
}

/** What a fragment says, as far as it can be read; null where it names no network. */
export function read(fragment) {
  const found = new Map();
  for (const part of fragment.replace(/^#/, "").slice(0, MOST).split("&")) {
    const at = part.indexOf("=");
    if (at > 0) found.set(part.slice(0, at), decoded(part.slice(at + 1)));
  }
  if (!found.has("net")) return null;
  const words = (key) => (found.get(key) ?? "").split(",").filter(Boolean);
  const pairs = words("with").map((pair) => [pair.slice(0, pair.indexOf(":")), pair.slice(pair.indexOf(":") + 1)]);
  return {
    text: found.get("net"),
    values: Object.fromEntries(pairs.filter(([name, value]) => NAME.test(name) && value.length <= 100)),
    fixed: new Set(words("fix").filter((name) => NAME.test(name))),
    main: found.get("of") ?? "params",
    of: words("also"),
    convention: found.get("convention") ?? "textbook",
    others: found.get("beside") ?? "",
  };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
