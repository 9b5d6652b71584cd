"""What platforms have in common: a question as HTML or plain text, its solution, and the credit of an answer."""

from __future__ import annotations

from html import escape

from symcount.exam.questions import Exam
from symcount.exam.said import Network, said
from symcount.exam.solved import solved
from symcount.exam.variant import Variant
from symcount.render.media import page_named


def name(variant: Variant) -> str:
    """Return the name of a variant in a question bank."""
    return f"{variant.question.name} {variant.code}"


def html(exam: Exam, variant: Variant) -> str:
    """Return a question as HTML: the network layer by layer, what is asked, and what the answer hangs on."""
    told = said(variant, exam.language)
    hangs = f"<p><em>{escape(' '.join(told.hangs))}</em></p>" if told.hangs else ""
    return f"{''.join(map(_network, told.networks))}<p><strong>{escape(told.question)}</strong></p>{hangs}"


def _network(network: Network) -> str:
    rows = "".join(f"<tr><td>{escape(name)}</td><td>{escape(phrase)}</td></tr>" for name, phrase in network.layers)
    table = f"<table><tbody>{rows}</tbody></table>" if rows else ""
    return f"<p>{escape(network.given)}</p>{table}<p><code>{escape(network.line)}</code></p>"


def plain(exam: Exam, variant: Variant) -> str:
    """Return a question as plain text, in one paragraph."""
    told = said(variant, exam.language)
    networks = (
        " ".join((each.given, "; ".join(f"{name} {phrase}".strip() for name, phrase in each.layers) + "."))
        for each in told.networks
    )
    return " ".join((*networks, told.question, *told.hangs))


def solution(exam: Exam, variant: Variant) -> str:
    """Return the worked solution as plain text; nothing where what is asked has none."""
    page = page_named("text")
    return page.between.join(solved(variant, exam.language, page)).strip()
