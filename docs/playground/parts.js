// The parts that Python is started with, and the worker that it runs in.

const here = (name) => new URL(name, import.meta.url).href;

const PARTS = {
  loader: here("pyodide/pyodide.mjs"),
  module: here("pyodide/pyodide.asm.mjs"),
  lock: here("pyodide/pyodide-lock.json"),
  wasm: here("pyodide/pyodide.asm.wasm.gz"),
  stdlib: here("python/stdlib.zip"),
  lark: here("python/lark.zip"),
  symcount: here("python/symcount.zip"),
  mpmath: here("python/mpmath.zip"),
  sympy: here("python/sympy.zip"),
};

/** A new worker, and what it is started with. */
export function openWorker() {
  return { worker: new Worker(here("worker.js"), { type: "module" }), start: PARTS };
}
