"""The package as users get it: built, installed in a fresh environment, and run away from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
MANUAL = f"symcount-{VERSION}.data/data/share/man/man1/symcount.1"
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "grammar", "symcount", "docs/symcount.1")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that knows nothing of this checkout, and return what it prints."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    environment["PIP_COMPILE"] = "0"  # Python compiles what is imported: to compile all of sympy takes longest of all
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"{command} gave {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources, so that a build leaves nothing in the checkout."""
    copy = tmp_path_factory.mktemp("tree")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (copy / name).parent.mkdir(exist_ok=True)
            shutil.copy(source, copy / name)
    return copy


@pytest.fixture(scope="module")
def built(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, and the wheel that is built from it in an isolated environment."""
    place = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", place, tree, cwd=place)
    return place


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    [wheel] = built.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment with nothing in it but the wheel and what it depends on."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place)
    pip(place, "install", "--quiet", wheel)
    return place


def scripts(environment: Path) -> Path:
    return environment / ("Scripts" if os.name == "nt" else "bin")


def pip(environment: Path, *words: str | Path) -> str:
    """Run this Python's pip on another environment."""
    python = scripts(environment) / "python"
    return run(sys.executable, "-m", "pip", "--python", python, *words, cwd=environment)


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "symcount").rglob("*.py")}
    grammar = {f"symcount/grammar/{name}" for name in ("__init__.py", "architecture.lark", "architecture.tables")}
    packaged = {name for name in names if ".dist-info/" not in name}
    tables = {path.relative_to(ROOT).as_posix() for path in (ROOT / "symcount").rglob("*.toml")}
    zoo = {path.relative_to(ROOT).as_posix() for path in (ROOT / "symcount" / "catalogue").glob("*.arch")}
    assert packaged == modules | grammar | zoo | tables | {"symcount/py.typed", MANUAL}


def test_the_sdist_holds_what_the_wheel_is_built_from(built: Path) -> None:
    [sdist] = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"grammar/architecture.lark", "grammar/architecture.tables", "LICENSE", "README.md"} <= names


def test_the_wheel_runs_in_a_fresh_environment(environment: Path, tmp_path: Path) -> None:
    _check_command(environment, tmp_path)
    pip(environment, "check")
    used = run(
        scripts(environment) / "python",
        "-c",
        "import symcount\nfrom symcount.syntax.tables import saved_tables\n"
        "print(saved_tables() is not None, symcount.__file__)",
        cwd=tmp_path,
    )
    found, place = used.strip().split(" ", 1)
    assert found == "True"
    assert environment.resolve() in Path(place).resolve().parents


def test_an_editable_install_runs(tree: Path, environment: Path, tmp_path: Path) -> None:
    """It takes the place of the wheel, whose dependencies are there: what is new is where the grammar is found."""
    pip(environment, "install", "--quiet", "--no-deps", "--editable", tree)
    _check_command(environment, tmp_path)
    place = run(scripts(environment) / "python", "-c", "import symcount; print(symcount.__file__)", cwd=tmp_path)
    assert Path(place.strip()).resolve() == (tree / "symcount" / "__init__.py").resolve()


def test_a_bare_source_tree_runs(tree: Path) -> None:
    printed = run(sys.executable, "-c", "import symcount.cli; symcount.cli.main()", EXAMPLE, cwd=tree)
    assert "217,706" in printed
    place = run(sys.executable, "-c", "import symcount; print(symcount.__file__)", cwd=tree)
    assert Path(place.strip()).resolve() == (tree / "symcount" / "__init__.py").resolve()


def test_a_command_that_fails_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="gave 3"):
        run(sys.executable, "-c", "raise SystemExit(3)", cwd=tmp_path)


def _check_command(environment: Path, away: Path) -> None:
    symcount = scripts(environment) / "symcount"
    assert "217,706" in run(symcount, "count", EXAMPLE, cwd=away)
    assert "8192*m^2 + 800*c + 12106" in run(symcount, "formula", "I-C(32,5)-P2-C(32,3)-P2-H256-O10", cwd=away)
    assert run(symcount, "--version", cwd=away) == f"symcount {VERSION}\n"
