"""Makes one HTML file of the built page, which opens from a disk: every part stands in it, in base64."""

from __future__ import annotations

import re
import subprocess
from base64 import b64encode
from pathlib import Path

HERE = Path(__file__).resolve().parent

_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' blob: 'wasm-unsafe-eval'; style-src 'unsafe-inline'; "
    "font-src data:; img-src data:; connect-src blob: data:; worker-src blob:; base-uri 'none'; form-action 'none'"
)
"""What the one file may load: itself. Nothing that is typed ever becomes a script or a style."""

_PARTS = """
const carried = (id) => atob(document.getElementById(`part-${id}`).textContent);
const bytes = (id) => Uint8Array.from(carried(id), (each) => each.charCodeAt(0));
const script = (id) => URL.createObjectURL(new Blob([bytes(id)], { type: "text/javascript" }));
let parts;
export function openWorker() {
  parts ??= Object.fromEntries(NAMES.map((each) => [each, bytes(each)]));
  return { worker: new Worker(script("worker")), start: parts };
}
"""

_FILES = {
    "worker": "worker.js", "loader": "pyodide/pyodide.mjs", "module": "pyodide/pyodide.asm.mjs",
    "lock": "pyodide/pyodide-lock.json", "wasm": "pyodide/pyodide.asm.wasm.gz", "stdlib": "python/stdlib.zip",
    "lark": "python/lark.zip", "symcount": "python/symcount.zip", "mpmath": "python/mpmath.zip",
    "sympy": "python/sympy.zip",
}  # fmt: skip
"""The parts by the names that the worker knows them by."""


def single(folder: Path, modules: Path, made: Path) -> None:
    """Write the file."""
    names = [name for name in _FILES if name != "worker"]
    parts = folder / "parts.js"
    served = parts.read_text(encoding="utf-8")
    parts.write_text(_PARTS.replace("NAMES", repr(names)), encoding="utf-8")
    try:
        script = _bundled(modules, folder / "main.js")
    finally:
        parts.write_text(served, encoding="utf-8")
    styles = "".join(_bundled(modules, folder / name) for name in ("katex/katex.min.css", "page.css"))
    page = (HERE / "index.html").read_text(encoding="utf-8")
    page = re.sub(r'<link rel="(?:icon|manifest|stylesheet)"[^>]*>\n', "", page)
    page = re.sub(r'(http-equiv="Content-Security-Policy" content=)"[^"]*"', rf'\1"{_POLICY}"', page)
    page = page.replace('<script type="module" src="main.js"></script>\n', f"<style>{styles}</style>\n")
    carried = "".join(_part(name, folder / path) for name, path in _FILES.items())
    script = script.replace("</script", "<\\/script")
    whole = f'{carried}<script type="module">{script}</script>\n</body>'
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text(page.replace("</body>", whole), encoding="utf-8")


def _bundled(modules: Path, entry: Path) -> str:
    """A script or a style with everything that it imports in it."""
    command: list[Path | str] = [
        modules / ".bin" / "esbuild",
        entry,
        "--bundle",
        "--minify",
        "--charset=utf8",
        "--loader:.woff2=dataurl",
    ]
    form = ["--format=esm"] if entry.suffix == ".js" else []
    return subprocess.run([*command, *form], check=True, capture_output=True, text=True, encoding="utf-8").stdout


def _part(name: str, path: Path) -> str:
    return f'<script type="text/plain" id="part-{name}">{b64encode(path.read_bytes()).decode()}</script>\n'
