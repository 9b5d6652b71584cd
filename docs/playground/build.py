"""Builds the playground: `python docs/playground/build.py [FOLDER]` makes a folder that any static server serves.

`--single FILE` makes one HTML file of it as well, which opens without a server. Needs node with npm, and pip; what they
bring is kept in `build/playground` for the next time, or where `--kept` says.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
KEPT = ROOT / "build" / "playground"
"""Where what is fetched and compiled is kept, unless another folder is named."""

SOURCES = (*HERE.glob("*.js"), HERE / "index.html", HERE / "page.css", HERE / "icon.svg", HERE / "manifest.webmanifest")
WHEELS = ("lark", "mpmath", "sympy")


def main() -> None:
    """Build what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "page")
    parser.add_argument("--single", type=Path, metavar="FILE", help="one HTML file for a classroom, too")
    parser.add_argument("--wheel", type=Path, metavar="FOLDER", help="a package of it for `symcount page`, too")
    parser.add_argument("--kept", type=Path, default=KEPT, metavar="FOLDER", help="what is fetched, for the next time")
    asked = parser.parse_args()
    asked.kept.mkdir(parents=True, exist_ok=True)
    modules = node_modules(asked.kept)
    build(asked.folder, modules, asked.kept)
    print(f"{asked.folder}: {served(asked.folder):,} bytes before sympy")
    if asked.wheel:
        print(wheel(asked.folder, asked.wheel))
    if asked.single:
        from single import single

        single(asked.folder, modules, asked.single)
        print(f"{asked.single}: {asked.single.stat().st_size:,} bytes")


def node_modules(kept: Path) -> Path:
    """Return where node's packages are, those that `package.json` names."""
    wanted = (HERE / "package.json").read_text(encoding="utf-8")
    had = kept / "package.json"
    if not had.exists() or had.read_text(encoding="utf-8") != wanted:
        had.write_text(wanted, encoding="utf-8")
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", kept], check=True)
    return kept / "node_modules"


def build(folder: Path, modules: Path, kept: Path) -> None:
    """Make the folder anew."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("pyodide", "python", "katex/fonts"):
        (folder / name).mkdir(parents=True)
    for source in SOURCES:
        shutil.copy(source, folder)
    _pyodide(modules / "pyodide", folder / "pyodide")
    _katex(modules / "katex" / "dist", folder / "katex")
    for name, archive in _compiled(modules, kept).items():
        shutil.copy(archive, folder / "python" / f"{name}.zip")
    _keep_offline(folder)


def _pyodide(package: Path, place: Path) -> None:
    """Pyodide without the list of packages that it would fetch from elsewhere, its largest part compressed."""
    for name in ("pyodide.mjs", "pyodide.asm.mjs"):
        shutil.copy(package / name, place)
    lock = json.loads((package / "pyodide-lock.json").read_text(encoding="utf-8"))
    (place / "pyodide-lock.json").write_text(json.dumps(lock | {"packages": {}}), encoding="utf-8")
    wasm = (package / "pyodide.asm.wasm").read_bytes()
    (place / "pyodide.asm.wasm.gz").write_bytes(gzip.compress(wasm, 9, mtime=0))


def _katex(package: Path, place: Path) -> None:
    """KaTeX with the one format of its fonts that every browser of today reads."""
    shutil.copy(package / "katex.mjs", place)
    style = (package / "katex.min.css").read_text(encoding="utf-8")
    style = re.sub(r",url\([^)]*\.(?:woff|ttf)\) format\(\"\w+\"\)", "", style)
    (place / "katex.min.css").write_text(style, encoding="utf-8")
    for font in package.glob("fonts/*.woff2"):
        shutil.copy(font, place / "fonts")


def _compiled(modules: Path, kept: Path) -> dict[str, Path]:
    """The archives of Python, compiled by the Python that runs them; one that did not change is not compiled again."""
    archives = {"stdlib": modules / "pyodide" / "python_stdlib.zip", "symcount": _symcount(kept), **_wheels(kept)}
    compiler = (HERE / "compile.mjs").read_bytes()
    made, work = {}, []
    for name, archive in archives.items():
        made[name] = kept / f"{name}-{hashlib.sha256(archive.read_bytes() + compiler).hexdigest()[:16]}.zip"
        if not made[name].exists():
            work += [archive, made[name]]
    if work:
        subprocess.run(["node", HERE / "compile.mjs", modules, *work], check=True)
    return made


def _wheels(kept: Path) -> dict[str, Path]:
    place = kept / "wheels"
    wanted = HERE / "requirements.txt"
    if not place.exists():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*command, "--dest", place, "--requirement", wanted], check=True)
    return {name: next(place.glob(f"{name}-*.whl")) for name in WHEELS}


def _symcount(kept: Path) -> Path:
    """The package as it is installed, in an archive."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    made = kept / "symcount.zip"
    with zipfile.ZipFile(made, "w") as archive:
        for package in tools["packages"]:
            place = package.replace(".", "/")
            folder = ROOT / tools["package-dir"].get(package, place)
            for pattern in ("*.py", *tools["package-data"].get(package, ())):
                for path in sorted(folder.glob(pattern)):
                    archive.writestr(zipfile.ZipInfo(f"{place}/{path.name}"), path.read_bytes())
    return made


def _keep_offline(folder: Path) -> None:
    """Tell what answers without a network which files there are, and of which build."""
    names = [path.relative_to(folder).as_posix() for path in _files(folder)]
    names.remove("offline-worker.js")
    version = hashlib.sha256(b"".join((folder / name).read_bytes() for name in names)).hexdigest()[:16]
    worker = folder / "offline-worker.js"
    text = worker.read_text(encoding="utf-8").replace("symcount-VERSION", f"symcount-{version}")
    worker.write_text(text.replace("FILES = []", f"FILES = {json.dumps(['./', *names])}"), encoding="utf-8")


def wheel(folder: Path, place: Path) -> Path:
    """Write a wheel that holds the page and nothing else, which `symcount page` finds where it is installed."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    place.mkdir(parents=True, exist_ok=True)
    made = place / f"symcount_page-{version}-py3-none-any.whl"
    about = f"symcount_page-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: symcount-page\nVersion: {version}\nSummary: The built page of symcount\n"
    tags = "Wheel-Version: 1.0\nGenerator: symcount\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {f"symcount_page/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in _files(folder)}
    files |= {"symcount_page/__init__.py": b"", f"{about}/METADATA": metadata.encode(), f"{about}/WHEEL": tags.encode()}
    record = "".join(f"{name},,\n" for name in (*files, f"{about}/RECORD"))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr(f"{about}/RECORD", record)
    return made


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def served(folder: Path) -> int:
    """Return how many bytes are served before an answer on numbers: everything but sympy."""
    later = ("sympy.zip", "mpmath.zip")
    return sum(path.stat().st_size for path in _files(folder) if path.name not in later)


if __name__ == "__main__":
    main()
