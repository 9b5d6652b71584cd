"""Readers of QTI packages: what a delivery engine makes of an answer, by the rules that stand in the items."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from lxml import etree

_QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
_OLD = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


def opened(package: bytes) -> dict[str, etree._Element]:
    """Return the XML files of a package by their paths."""
    archive = ZipFile(BytesIO(package))
    assert archive.testzip() is None
    return {path: etree.fromstring(archive.read(path)) for path in archive.namelist()}


def score(item: etree._Element, answers: list[str]) -> float:
    """Return what an item of QTI 2.1 gives for the answers to its responses."""
    declared = [each.get("identifier") for each in item.iter(f"{_QTI}responseDeclaration")]
    given = dict(zip(declared, answers, strict=True))
    [rule] = item.xpath("//*[local-name()='setOutcomeValue'][@identifier='SCORE']")
    return _value(item, rule[0], given)


def _value(item: etree._Element, rule: etree._Element, given: dict[str | None, str]) -> float:
    name = etree.QName(rule).localname
    if name == "sum":
        return sum(_value(item, each, given) for each in rule)
    assert name == "mapResponse"
    identifier = rule.get("identifier")
    [mapping] = item.xpath(f"//*[@identifier='{identifier}']/*[local-name()='mapping']")
    worth = {each.get("mapKey"): float(each.get("mappedValue") or 0) for each in mapping}
    return worth.get(given[identifier], float(mapping.get("defaultValue") or 0))


def right_answers(item: etree._Element) -> list[str]:
    """Return the correct response of every response that an item of QTI 2.1 declares."""
    return [str(each.text) for each in item.xpath("//*[local-name()='correctResponse']/*")]


def old_items(package: bytes) -> list[etree._Element]:
    """Return the items of the assessment of a QTI 1.2 package, group by group."""
    files = opened(package)
    [path] = files["imsmanifest.xml"].xpath("//*[@type='imsqti_xmlv1p2']/*[local-name()='file']/@href")
    return [*files[path].iter(f"{_OLD}item")]


def right_in_canvas(item: etree._Element) -> list[str]:
    """Return the numbers that Canvas takes for right in a numerical question of QTI 1.2.

    Its importer (``numeric_interaction.rb`` of the Canvas sources) makes an answer of every condition that compares
    numbers, with all the points, and does not look at what the condition sets.
    """
    return [str(each.text) for each in item.xpath(".//*[local-name()='or']/*[local-name()='varequal']")]


def old_score(item: etree._Element, given: dict[str, str]) -> int:
    """Return the percent that an item of QTI 1.2 gives for answers by the names of the responses."""
    total = 0
    for condition in item.iter(f"{_OLD}respcondition"):
        if _holds(condition.find(f"{_OLD}conditionvar")[0], given):
            for change in condition.iter(f"{_OLD}setvar"):
                value = int(change.text or 0)
                total = value if change.get("action") == "Set" else total + value
            if condition.get("continue") == "No":
                break
    return total


def _holds(condition: etree._Element, given: dict[str, str]) -> bool:
    match etree.QName(condition).localname:
        case "or":
            return any(_holds(each, given) for each in condition)
        case "and":
            return all(_holds(each, given) for each in condition)
        case "other":
            return True
        case "varequal":
            return bool(given.get(str(condition.get("respident"))) == condition.text)
        case name:
            answer, bound = float(given[str(condition.get("respident"))]), float(condition.text or 0)
            return answer >= bound if name == "vargte" else answer <= bound
