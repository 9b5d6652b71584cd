// Python in a worker. It is started with the places of its parts, or the parts themselves, and then answers questions.

/** What Python answers where it cannot go on without sympy. */
const NEEDS_ALGEBRA = '{"needs": "sympy"}';

let answer;
let parts;

/** The bytes of a part: where it is compressed, as it is once it is unpacked. */
async function bytes(name) {
  const part = parts[name];
  const response = typeof part === "string" ? await fetched(part) : new Response(part);
  if (!response.ok) throw new Error(`${name} could not be fetched: ${response.status}`);
  return response.arrayBuffer();
}

/** A part that is a script; one that is carried by the page gets an address here, as that of the page is another's. */
function imported(name) {
  const part = parts[name];
  return import(typeof part === "string" ? part : URL.createObjectURL(new Blob([part], { type: "text/javascript" })));
}

function unpacked(stream) {
  return new Response(stream.pipeThrough(new DecompressionStream("gzip")), {
    headers: { "Content-Type": "application/wasm" },
  });
}

const fetched = self.fetch.bind(self);

/** Pyodide fetches its two large parts by names of its own. */
self.fetch = async (request) => {
  const name = String(request.url ?? request).split("/").pop();
  if (name === "pyodide.asm.wasm") return unpacked(new Response(await bytes("wasm")).body);
  if (name === "python_stdlib.zip") return new Response(await bytes("stdlib"));
  throw new Error(`the page fetches nothing else: ${name}`);
};

async function start(given) {
  if (typeof WebAssembly !== "object") throw new Error("this browser has no WebAssembly, which Python needs here");
  parts = given;
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all(
    ["loader", "module"].map(imported),
  );
  const python = await loadPyodide({
    indexURL: "https://local.invalid/",
    packageBaseUrl: "https://local.invalid/",
    lockFileContents: JSON.parse(new TextDecoder().decode(await bytes("lock"))),
    createPyodideModule,
  });
  await add(python, ["lark", "symcount"]);
  const ask = python.runPython("from symcount.playground import answer; answer");
  answer = async (question) => {
    const said = ask(question);
    if (said !== NEEDS_ALGEBRA) return said;
    postMessage({ algebra: true });
    await add(python, ["mpmath", "sympy"]);
    return ask(question);
  };
}

async function add(python, names) {
  const found = await Promise.all(names.map(bytes));
  for (const archive of found) python.unpackArchive(archive, "zip");
}

self.onmessage = async ({ data }) => {
  try {
    if (data.start) {
      await start(data.start);
      postMessage({ ready: true });
    } else postMessage({ said: await answer(data.question) });
  } catch (error) {
    postMessage({ failed: String(error?.message ?? error) });
  }
};
