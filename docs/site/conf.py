"""Settings of Sphinx for the site, whose sources `sources.py` puts together."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = PROJECT["name"]
release = version = PROJECT["version"]
copyright = "the authors of symcount; MIT licence"  # noqa: A001, the name is Sphinx's
extensions = ["myst_nb", "sphinx.ext.autodoc"]
exclude_patterns = ["pictures/**"]
myst_heading_anchors = 3
nb_execution_mode = "off"
nb_render_markdown_format = "myst"
myst_enable_extensions = ["dollarmath"]
mathjax_path = "mathematics.js"
mathjax_options = {"type": "module"}
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
autodoc_default_options = {"members": True}

html_theme = "furo"
html_title = "symcount"
html_favicon = "../playground/icon.svg"
html_static_path = ["static"]
html_css_files = ["site.css"]
templates_path = ["templates"]
html_sidebars = {
    "**": [
        "sidebar/brand.html", "sidebar/search.html", "sidebar/page.html", "sidebar/scroll-start.html",
        "sidebar/navigation.html", "sidebar/scroll-end.html",
    ]
}  # fmt: skip
html_copy_source = html_show_sourcelink = False
html_show_sphinx = False
