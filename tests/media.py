"""The programs that media are tried with: LaTeX, KaTeX, Chromium, poppler.

A machine without one of them skips its tests and says so; where CI is set, its absence is a failure.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

ARTIFACTS = Path(os.environ.get("SYMCOUNT_ARTIFACTS", "build/media"))
"""Where pictures are kept."""

_KATEX = os.environ.get("SYMCOUNT_KATEX", "/opt/symcount-media/node_modules/katex")
_IN_CI = os.environ.get("CI", "") not in ("", "0", "false")

_CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--enable-logging=stderr",
)  # fmt: skip

_TRY_KATEX = """
const katex = require(process.argv[1]);
const formulas = JSON.parse(require("fs").readFileSync(0, "utf8"));
let bad = [];
for (const [formula, display] of formulas) {
  try { katex.renderToString(formula, {displayMode: display, strict: "error", throwOnError: true}); }
  catch (error) { bad.push(formula + "\\n" + error.message); }
}
console.log(JSON.stringify({tried: formulas.length, bad: bad.slice(0, 3)}));
"""


def needs(program: str) -> str:
    """The path of a program; without it the test is skipped, or fails where CI must have it."""
    found = shutil.which(program)
    if found is None:
        missing(program)
    return found or ""


def missing(what: str) -> None:
    message = f"{what} is not installed; .ci/media installs it"
    if _IN_CI:
        pytest.fail(message)
    pytest.skip(message)


def katex(formulas: list[tuple[str, bool]]) -> dict[str, Any]:
    """Render formulas, each with whether it is a display, as strictly as KaTeX can."""
    node = needs("node")
    if not Path(_KATEX).exists():
        missing("katex")
    done = subprocess.run(
        [node, "-e", _TRY_KATEX, _KATEX], input=json.dumps(formulas), capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def formulas_in_latex(source: str) -> list[tuple[str, bool]]:
    """The formulas of a LaTeX page, each with whether it is a display."""
    displays = re.findall(r"\\begin\{align\*\}.*?\\end\{align\*\}", source, flags=re.DOTALL)
    rest = re.sub(r"\\begin\{align\*\}.*?\\end\{align\*\}", "", source, flags=re.DOTALL)
    return [(each, True) for each in displays] + [(each, False) for each in re.findall(r"\$([^$]+)\$", rest)]


def formulas_on_github(source: str) -> list[tuple[str, bool]]:
    """The formulas that a forge finds on a Markdown page, read by a parser of CommonMark with GitHub's tables.

    A code span between two dollars, and a fenced block of the language ``math``.
    """
    found: list[tuple[str, bool]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        if token.type == "fence" and token.info == "math":
            found.append((token.content, True))
        inner = token.children or []
        for before, code, after in zip(inner, inner[1:], inner[2:], strict=False):
            fenced = before.content.endswith("$") and after.content.startswith("$")
            if code.type == "code_inline" and fenced:
                found.append((code.content, False))
    return found


def formulas_between_dollars(source: str) -> list[tuple[str, bool]]:
    """The formulas of a notebook's Markdown, each with whether it is a display."""
    displays = re.findall(r"\$\$(.*?)\$\$", source, flags=re.DOTALL)
    rest = re.sub(r"\$\$.*?\$\$", "", source, flags=re.DOTALL)
    return [(each, True) for each in displays] + [(each, False) for each in re.findall(r"\$([^$]+)\$", rest)]


def pdflatex(source: str, folder: Path) -> Path:
    """Compile a document, and return its PDF; an error or a line too wide by much is a failure."""
    program = needs("pdflatex")
    (folder / "page.tex").write_text(source, encoding="utf-8")
    command = [program, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "page.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    return folder / "page.pdf"


def text_of(pdf: Path) -> str:
    """The text layer of a PDF, in the order of the page."""
    command = [needs("pdftotext"), "-layout", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def chromium(page: Path, folder: Path, *options: str) -> tuple[str, str]:
    """Open a page without a window, and return what the document is then, and what was logged."""
    command = [needs("chromium"), *_CHROMIUM, f"--user-data-dir={folder / 'profile'}", *options, page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return unescape(done.stdout), done.stderr
