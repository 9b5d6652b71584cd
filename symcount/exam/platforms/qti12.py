"""IMS QTI 1.2, as Canvas imports and exports it: a package with one assessment, a group for each question.

Canvas reads the kind of a question from ``question_type``. In a numerical one it takes every number of a condition for
a right answer, whatever the condition sets, so wrong ones stand in the comment on wrong answers alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from hashlib import sha256
from html import escape
from xml.etree.ElementTree import Element

from symcount.exam.platforms.archive import zipped
from symcount.exam.platforms.moodle import tolerance
from symcount.exam.platforms.pieces import html, name
from symcount.exam.platforms.xml import XSI, document, element
from symcount.exam.questions import Exam
from symcount.exam.told import reason
from symcount.exam.variant import Option, Sheet, Variant

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_SCHEMA = f"{_QTI} http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_ALL = 100


def write(exam: Exam, sheets: Sequence[Sheet]) -> bytes:
    """Return the package, as a zip."""
    ident = f"exam_{sha256(exam.title.encode()).hexdigest()[:12]}"
    assessment, settings = f"{ident}/{ident}.xml", f"{ident}/assessment_meta.xml"
    return zipped(
        {
            "imsmanifest.xml": _manifest(ident, assessment, settings),
            assessment: _assessment(exam, sheets, ident),
            settings: _settings(exam, ident),
        }
    )


def _assessment(exam: Exam, sheets: Sequence[Sheet], ident: str) -> bytes:
    groups = []
    for place, question in enumerate(exam.questions):
        items = (_item(exam, sheet.variants[place], f"{ident}_{place + 1}_{sheet.code}") for sheet in sheets)
        number = element("selection_number", "1")
        points = element("selection_extension", element("points_per_item", str(question.points)))
        order = element("selection_ordering", element("selection", number, points))
        groups.append(element("section", order, *items, ident=f"{ident}_{place + 1}", title=question.name))
    root = element("section", *groups, ident="root_section")
    assessment = element("assessment", root, ident=ident, title=exam.title)
    return document(element("questestinterop", assessment, xmlns=_QTI, xsi=XSI, schema=_SCHEMA))


def _item(exam: Exam, variant: Variant, ident: str) -> Element:
    if variant.is_choice:
        kind, response, conditions = "multiple_choice_question", [_choice(variant)], [*_chosen(variant)]
    elif len(variant.key.answer) > 1:
        kind = "fill_in_multiple_blanks_question"
        response, conditions = [*_blanks(variant)], [*_filled(variant)]
    else:
        kind, response, conditions = "numerical_question", [_number()], [*_numbers(variant)]
    fields = (_field("question_type", kind), _field("points_possible", str(variant.question.points)))
    presentation = element("presentation", _material(_asked(exam, variant)), *response)
    outcomes = element("outcomes", element("decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal"))
    return element(
        "item", element("itemmetadata", element("qtimetadata", *fields)), presentation,
        element("resprocessing", outcomes, *conditions), *_feedback(exam, variant), ident=ident, title=name(variant),
    )  # fmt: skip


def _asked(exam: Exam, variant: Variant) -> str:
    """The question; a shape has a blank for each size, which Canvas finds in the text by its name."""
    sizes = len(variant.key.answer)
    blanks = f"<p>{' × '.join(f'[size{at}]' for at in range(1, sizes + 1))}</p>"
    return html(exam, variant) + (blanks if sizes > 1 and not variant.is_choice else "")


def _field(label: str, entry: str) -> Element:
    return element("qtimetadatafield", element("fieldlabel", label), element("fieldentry", entry))


def _material(text: str) -> Element:
    return element("material", element("mattext", text, texttype="text/html"))


def _choice(variant: Variant) -> Element:
    labels = (
        element("response_label", _material(escape(each.shown)), ident=_ident(at))
        for at, each in enumerate(variant.options)
    )
    return element("response_lid", element("render_choice", *labels), ident="response1", rcardinality="Single")


def _ident(place: int) -> str:
    return f"answer{place + 1}"


def _chosen(variant: Variant) -> Iterator[Element]:
    for place, option in enumerate(variant.options):
        if option.made:
            yield _said(_equal("response1", _ident(place)), f"{_ident(place)}_fb")
    yield _scored(_equal("response1", _ident(variant.place)), "Set", _ALL)


def _number() -> Element:
    field = element("render_fib", element("response_label", ident="answer1"), fibtype="Decimal")
    return element("response_str", field, ident="response1", rcardinality="Single")


def _numbers(variant: Variant) -> Iterator[Element]:
    yield _scored(_near(variant, variant.key), "Set", _ALL)
    yield from _told_wrong(variant)


def _told_wrong(variant: Variant) -> Iterator[Element]:
    """What is shown of whatever is wrong: the numbers that known mistakes give, and why."""
    if variant.known:
        yield _said(element("other"), _WRONG)


_WRONG = "general_incorrect_fb"
"""The name by which Canvas knows the comment on wrong answers."""

_MOST_KNOWN = 8
"""The most wrong answers that it tells."""


def _near(variant: Variant, option: Option) -> Element:
    """A number, or what is rounded to it."""
    exact = element("varequal", option.plain, respident="response1")
    off = tolerance(variant, option)
    low, high = _range(option.plain, off)
    between = element(
        "and", element("vargte", low, respident="response1"), element("varlte", high, respident="response1")
    )
    return element("or", exact, between)


def _range(plain: str, off: str) -> tuple[str, str]:
    number, apart = Decimal(plain), Decimal(off)
    return str(number - apart), str(number + apart)


def _blanks(variant: Variant) -> Iterator[Element]:
    for place, size in enumerate(variant.key.answer, 1):
        label = element("response_label", element("material", element("mattext", str(size))), ident=f"right{place}")
        choice = element("render_choice", label)
        yield element("response_lid", element("material", element("mattext", f"size{place}")), choice,
                      ident=f"response_size{place}")  # fmt: skip


def _filled(variant: Variant) -> Iterator[Element]:
    sizes = len(variant.key.answer)
    for place in range(1, sizes + 1):
        share = _ALL // sizes if place < sizes else _ALL - _ALL // sizes * (sizes - 1)
        yield _scored(_equal(f"response_size{place}", f"right{place}"), "Add", share)
    yield from _told_wrong(variant)


def _equal(respident: str, value: str) -> Element:
    return element("varequal", value, respident=respident)


def _scored(condition: Element, action: str, score: int) -> Element:
    set_ = element("setvar", str(score), action=action, varname="SCORE")
    return element(
        "respcondition", element("conditionvar", condition), set_, continue_="No" if action == "Set" else "Yes"
    )


def _said(condition: Element, linked: str) -> Element:
    shown = element("displayfeedback", feedbacktype="Response", linkrefid=linked)
    return element("respcondition", element("conditionvar", condition), shown, continue_="Yes")


def _feedback(exam: Exam, variant: Variant) -> Iterator[Element]:
    for place, option in enumerate(variant.options):
        if option.made:
            yield _comment(f"<p>{escape(reason(option, exam.language))}</p>", f"{_ident(place)}_fb")
    if variant.known:
        told = (
            f"<p>{escape(each.shown)}: {escape(reason(each, exam.language))}</p>"
            for each in variant.known[:_MOST_KNOWN]
        )
        yield _comment("".join(told), _WRONG)


def _comment(text: str, ident: str) -> Element:
    return element("itemfeedback", element("flow_mat", _material(text)), ident=ident)


def _settings(exam: Exam, ident: str) -> bytes:
    """What Canvas reads of a quiz besides its questions: without it, a quiz for practice is made."""
    points = sum(each.points for each in exam.questions)
    told = f"<p>{escape(exam.instructions)}</p>" if exam.instructions else ""
    return document(
        element(
            "quiz", element("title", exam.title), element("description", told), element("quiz_type", "assignment"),
            element("points_possible", str(points)), element("shuffle_answers", "false"),
            element("available", "false"), xmlns=_CANVAS, identifier=ident,
        )
    )  # fmt: skip


def _manifest(ident: str, assessment: str, settings: str) -> bytes:
    schema = element("metadata", element("schema", "IMS Content"), element("schemaversion", "1.1.3"))
    needs = element("dependency", identifierref=f"{ident}_settings")
    resources = (
        element("resource", element("file", href=assessment), needs, identifier=ident, type="imsqti_xmlv1p2"),
        element(
            "resource", element("file", href=settings), identifier=f"{ident}_settings", href=settings,
            type="associatedcontent/imscc_xmlv1p1/learning-application-resource",
        ),
    )  # fmt: skip
    return document(
        element(
            "manifest", schema, element("organizations"), element("resources", *resources), xmlns=_PACKAGE,
            identifier=f"{ident}_manifest",
        )
    )  # fmt: skip
