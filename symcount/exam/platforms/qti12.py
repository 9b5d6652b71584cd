"""IMS QTI 1.2, as Canvas imports and exports it: a package with one assessment, a group for each question.

Canvas reads the kind of a question from ``question_type``, and grades a numerical one by the ranges of its answers:
what is wrong earns nothing there, but says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from symcount.exam.platforms.archive import zipped
from symcount.exam.platforms.moodle import tolerance
from symcount.exam.platforms.pieces import html, name
from symcount.exam.platforms.xml import XSI, document, element
from symcount.exam.questions import Exam
from symcount.exam.said import reason
from symcount.exam.variant import Option, Sheet, Variant

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_SCHEMA = f"{_QTI} http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_ALL = 100


def write(exam: Exam, sheets: Sequence[Sheet]) -> bytes:
    """Return the package, as a zip."""
    return zipped({"imsmanifest.xml": _manifest(), "assessment.xml": _assessment(exam, sheets)})


def _assessment(exam: Exam, sheets: Sequence[Sheet]) -> bytes:
    groups = []
    for place, question in enumerate(exam.questions):
        items = (_item(exam, sheet.variants[place], f"{place + 1}_{sheet.code}") for sheet in sheets)
        number = element("selection_number", "1")
        points = element("selection_extension", element("points_per_item", str(question.points)))
        order = element("selection_ordering", element("selection", number, points))
        groups.append(element("section", order, *items, ident=f"group_{place + 1}", title=question.name))
    root = element("section", *groups, ident="root_section")
    assessment = element("assessment", root, ident="assessment", title=exam.title)
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
        element("resprocessing", outcomes, *conditions), *_feedback(variant), ident=ident, title=name(variant),
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
        element("response_label", _material(each.shown), ident=_ident(at)) for at, each in enumerate(variant.options)
    )
    return element("response_lid", element("render_choice", *labels), ident="response1", rcardinality="Single")


def _ident(place: int) -> str:
    return f"answer{place + 1}"


def _chosen(variant: Variant) -> Iterator[Element]:
    for place, option in enumerate(variant.options):
        if option.made:
            yield _said(_equal("response1", _ident(place)), f"feedback{place + 1}")
    yield _scored(_equal("response1", _ident(variant.place)), "Set", _ALL)


def _number() -> Element:
    field = element("render_fib", element("response_label", ident="answer1"), fibtype="Decimal")
    return element("response_str", field, ident="response1", rcardinality="Single")


def _numbers(variant: Variant) -> Iterator[Element]:
    for place, option in enumerate(variant.known, 1):
        yield _said(_near(variant, option), f"feedback{place}")
    yield _scored(_near(variant, variant.key), "Set", _ALL)


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
    if off == "0":
        return plain, plain
    scaled = round(float(plain) * 1000)
    return f"{(scaled - 5) / 1000:.3f}", f"{(scaled + 5) / 1000:.3f}"


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


def _feedback(variant: Variant) -> Iterator[Element]:
    for place, option in enumerate(variant.options or variant.known, 1):
        if option.made and (variant.options or len(variant.key.answer) == 1):
            yield element("itemfeedback", element("flow_mat", _material(reason(option))), ident=f"feedback{place}")


def _manifest() -> bytes:
    schema = element("metadata", element("schema", "IMS Content"), element("schemaversion", "1.1.3"))
    file = element("file", href="assessment.xml")
    resource = element("resource", file, identifier="assessment", type="imsqti_xmlv1p2", href="assessment.xml")
    return document(
        element(
            "manifest", schema, element("organizations"), element("resources", resource), xmlns=_PACKAGE,
            identifier="manifest",
        )
    )  # fmt: skip
