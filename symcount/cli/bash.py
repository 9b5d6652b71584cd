"""Completion for bash, in which a word such as ``zoo:resnet50`` or ``--format=json`` is one word.

bash parts words at ``:`` and ``=``; click's own class takes the parts for words.
"""

from __future__ import annotations

import os
import re

from click.shell_completion import BashComplete, add_completion_class, split_arg_string

_FUNCTION = r"""
%(complete_func)s() {
    local response type value
    response=$(COMP_LINE="$COMP_LINE" COMP_POINT="$COMP_POINT" %(complete_var)s=bash_complete "$1")
    COMPREPLY=()
    while IFS=, read -r type value; do
        case $type in
            plain) COMPREPLY+=("$value"); [[ $value == *= ]] && compopt -o nospace;;
            file) compopt -o default;;
            dir) compopt -o dirnames;;
        esac
    done <<< "$response"
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class WholeWords(BashComplete):
    """Reads the line itself, and gives of each word what bash still lacks."""

    source_template = _FUNCTION

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the whole words before the one that is begun, and that one."""
        line = os.environ["COMP_LINE"][: int(os.environ["COMP_POINT"])]
        words = split_arg_string(line)[1:]
        begun = words.pop() if words and not line[-1].isspace() else ""
        option, equals, value = begun.partition("=")
        return ([*words, option], value) if equals and option.startswith("--") else (words, begun)

    def complete(self) -> str:
        """Return the words that are possible, each without what stands before its last ``:`` or ``=``."""
        args, begun = self.get_completion_args()
        there = re.match("(?:.*[:=])?", begun)
        cut = len(there[0]) if there else 0
        found = self.get_completions(args, begun)
        return "\n".join(f"{item.type},{item.value[cut:] if item.type == 'plain' else ''}" for item in found)


def register() -> None:
    """Let bash be completed so, and not by click's own class."""
    add_completion_class(WholeWords)
