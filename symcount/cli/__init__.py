"""The command line: commands with no logic of their own. The only room that touches `sys`."""

from symcount.cli.main import main

__all__ = ["main"]
