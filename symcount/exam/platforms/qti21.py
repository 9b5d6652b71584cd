"""IMS QTI 2.1: a package with an item for each variant, and a test that draws one variant of each question.

It follows the information model of QTI 2.1 (IMS Global, 2012) and IMS content packaging 1.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from xml.etree.ElementTree import Element, fromstring

from symcount.exam.platforms.archive import zipped
from symcount.exam.platforms.pieces import html, name
from symcount.exam.platforms.xml import XSI, document, element
from symcount.exam.questions import Exam
from symcount.exam.told import reason
from symcount.exam.variant import Sheet, Variant, letter

_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_SCHEMA = f"{_QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"


def write(exam: Exam, sheets: Sequence[Sheet]) -> bytes:
    """Return the package, as a zip."""
    items = {_path(variant): _item(exam, variant) for sheet in sheets for variant in sheet.variants}
    files = {"imsmanifest.xml": _manifest(items), "test.xml": _test(exam, sheets), **items}
    return zipped(files)


def _identifier(variant: Variant) -> str:
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "_" for sign in name(variant))
    return f"q_{plain}"


def _path(variant: Variant) -> str:
    return f"items/{_identifier(variant)}.xml"


def _item(exam: Exam, variant: Variant) -> bytes:
    body = fromstring(f"<itemBody><div>{html(exam, variant)}</div></itemBody>")
    body.append(_choices(variant) if variant.is_choice else _fields(variant))
    parts = [*_responses(exam, variant), *_outcomes(variant), body, _processing(variant), *_feedback(exam, variant)]
    item = element(
        "assessmentItem", *parts, xmlns=_QTI, xsi=XSI, schema=_SCHEMA, identifier=_identifier(variant),
        title=name(variant), adaptive="false", timeDependent="false",
    )  # fmt: skip
    return document(item, pretty=False)


def _choices(variant: Variant) -> Element:
    options = (element("simpleChoice", each.shown, identifier=letter(at)) for at, each in enumerate(variant.options))
    return element("choiceInteraction", *options, responseIdentifier="RESPONSE", shuffle="false", maxChoices="1")


def _fields(variant: Variant) -> Element:
    """A field for each size, with crosses between them."""
    pieces: list[Element | str] = []
    for response in _names(variant):
        if pieces:
            pieces.append(" × ")
        pieces.append(element("textEntryInteraction", responseIdentifier=response, expectedLength="12"))
    return element("p", *pieces)


def _names(variant: Variant) -> list[str]:
    count = len(variant.key.answer)
    return ["RESPONSE"] if variant.is_choice or count <= 1 else [f"RESPONSE_{at}" for at in range(1, count + 1)]


def _responses(exam: Exam, variant: Variant) -> Iterator[Element]:
    points = Fraction(variant.question.points)
    if variant.is_choice:
        yield _response("RESPONSE", "identifier", {variant.letter: points})
        return
    names = _names(variant)
    for place, response in enumerate(names):
        shared = points / len(names)
        known = {_field(each.plain, place): shared * exam.partial / 100 for each in variant.known}
        # a later key of the same spelling wins: the right one
        yield _response(response, "string", {**known, _field(variant.key.plain, place): shared})


def _field(plain: str, place: int) -> str:
    return plain.split("x")[place]


def _response(identifier: str, base: str, worth: dict[str, Fraction]) -> Element:
    right = max(worth, key=lambda each: worth[each])
    entries = (element("mapEntry", mapKey=key, mappedValue=_decimal(points)) for key, points in worth.items())
    return element(
        "responseDeclaration",
        element("correctResponse", element("value", right)),
        element("mapping", *entries, defaultValue="0"),
        identifier=identifier,
        cardinality="single",
        baseType=base,
    )


def _decimal(points: Fraction) -> str:
    """Points as a decimal number, rounded to four places."""
    scaled = round(points * 10**4)
    whole, rest = divmod(scaled, 10**4)
    return f"{whole}.{rest:04}".rstrip("0").rstrip(".")


def _outcomes(variant: Variant) -> Iterator[Element]:
    default = element("defaultValue", element("value", "0"))
    yield element("outcomeDeclaration", default, identifier="SCORE", cardinality="single", baseType="float")
    if variant.is_choice:
        yield element("outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier")


def _processing(variant: Variant) -> Element:
    worth = [element("mapResponse", identifier=each) for each in _names(variant)]
    score = element("setOutcomeValue", worth[0] if len(worth) == 1 else element("sum", *worth), identifier="SCORE")
    if not variant.is_choice:
        return element("responseProcessing", score)
    chosen = element("setOutcomeValue", element("variable", identifier="RESPONSE"), identifier="FEEDBACK")
    return element("responseProcessing", score, chosen)


def _feedback(exam: Exam, variant: Variant) -> Iterator[Element]:
    for place, option in enumerate(variant.options):
        if option.made:
            yield element(
                "modalFeedback",
                reason(option, exam.language),
                outcomeIdentifier="FEEDBACK",
                identifier=letter(place),
                showHide="show",
            )


def _test(exam: Exam, sheets: Sequence[Sheet]) -> bytes:
    """A test with a section for each question, of whose variants it draws one."""
    sections = []
    for place, question in enumerate(exam.questions):
        variants = [sheet.variants[place] for sheet in sheets]
        items = (element("assessmentItemRef", identifier=_identifier(each), href=_path(each)) for each in variants)
        sections.append(
            element(
                "assessmentSection", element("selection", select="1"), *items, identifier=f"section_{place + 1}",
                title=question.name, visible="true",
            )
        )  # fmt: skip
    part = element("testPart", *sections, identifier="part", navigationMode="nonlinear", submissionMode="simultaneous")
    return document(
        element("assessmentTest", part, xmlns=_QTI, xsi=XSI, schema=_SCHEMA, identifier="test", title=exam.title)
    )


def _manifest(items: dict[str, bytes]) -> bytes:
    test = _resource("test", "imsqti_test_xmlv2p1", "test.xml", [path.split("/")[-1][:-4] for path in items])
    resources = (_resource(path.split("/")[-1][:-4], "imsqti_item_xmlv2p1", path, []) for path in items)
    schema = element("metadata", element("schema", "QTIv2.1 Package"), element("schemaversion", "1.0.0"))
    return document(
        element(
            "manifest", schema, element("organizations"), element("resources", test, *resources), xmlns=_PACKAGE,
            identifier="manifest",
        )
    )  # fmt: skip


def _resource(identifier: str, kind: str, path: str, needs: Sequence[str]) -> Element:
    inside = (element("file", href=path), *(element("dependency", identifierref=each) for each in needs))
    return element("resource", *inside, identifier=identifier, type=kind, href=path)
