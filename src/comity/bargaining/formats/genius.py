"""Genius (ANAC) domains and additive profiles: XML in and out.

A package is worth the sum over issues of weight times evaluation, where evaluations of a discrete issue are divided by
their largest, and those of an integer issue are ``offset + slope * value`` as the file says. Weights are used as they
stand. Profiles with hyper-rectangles or other constraints, real-valued issues and nested objectives are not additive
over listed options and are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from comity.bargaining.model.check import check
from comity.bargaining.model.options import MOST_OPTIONS
from comity.words import InputError, Issue, NegotiationModel, Option, Party, Preference, Weight, Worth

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_BYTES = 16 * 2**20


def load_genius(paths: Sequence[str | Path]) -> NegotiationModel:
    """The model of a domain file and the profiles of its parties, in the order given; a profile may stand for a domain.

    Parties are named by the stems of their files. Discount factors are left out; that, and an option that a profile
    evaluates twice, is said in `missing`.

    Raises
    ------
    InputError
        One line with file and field: malformed XML, an entity or document type declaration (they can hide a bomb), a
        profile that is not additive, that lacks an option of the domain, or that has none of its issues.
    """
    roots = [(str(path), _root(Path(path))) for path in paths]
    profiles = [(file, root) for file, root in roots if root.find(".//weight") is not None]
    if not profiles:
        raise InputError("no profile with weights", file=str(paths[0]) if paths else None, hint="give the profiles too")
    file, base = next(((f, r) for f, r in roots if r.find(".//weight") is None), profiles[0])
    issues = tuple(_issue(element, file) for element in _issues(base, file))
    parties, preferences, missing = [], [], []
    for path, root in profiles:
        stem = Path(path).stem
        parties.append(Party(stem, stem))
        preferences.append(_profile(root, path, stem, issues))
        discount = root.find(".//discount_factor")
        if discount is not None and _number(discount, "value", path) not in (0.0, 1.0):
            missing.append(f"the discount factor {discount.get('value')} of {stem} is not used")
        missing += [f"{stem} evaluates option {twice} twice: the last counts" for twice in _twice(root)]
    title = base.find(".//objective")
    model = NegotiationModel(
        "" if title is None else title.get("name", ""),
        issues,
        tuple(parties),
        preferences=tuple(preferences),
        missing=tuple(missing),
    )
    return check(model, file)


def _twice(root: Element) -> list[str]:
    """Options that a profile evaluates more than once; as in Genius, the last evaluation is the one that counts."""
    found = []
    for issue in root.iter("issue"):
        values = [item.get("value") or "" for item in issue.findall("item")]
        found += [f"{value!r} of {issue.get('name')!r}" for value in dict.fromkeys(values) if values.count(value) > 1]
    return found


def _root(path: Path) -> Element:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"larger than {MOST_BYTES // 2**20} MiB", file=str(path), hint="is this a Genius file?")
        root: Element = fromstring(path.read_bytes(), forbid_dtd=True)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", file=str(path)) from None
    except ParseError as error:
        raise InputError(f"not XML: {error.msg}", file=str(path), line=error.position[0]) from None
    except DefusedXmlException:
        raise InputError(
            "holds a document type or entity declaration", file=str(path), hint="remove it; Genius files need none"
        ) from None
    except (ValueError, LookupError) as error:
        raise InputError(f"not XML: {error}", file=str(path)) from None
    space = root if root.tag == "utility_space" else root.find("utility_space")
    if space is None:
        raise InputError(f"not a Genius domain or profile: <{root.tag}>", file=str(path))
    if (space.get("type") or "").lower() in ("nonlinear", "constraint") or root.find(".//hyperRectangle") is not None:
        raise InputError("the profile is not additive", file=str(path), hint="only weighted sums can be read")
    return space


def _issues(root: Element, file: str) -> list[Element]:
    found = list(root.iter("issue"))
    if not found:
        raise InputError("no issues", file=file, field="issue")
    if len(list(root.iter("objective"))) > 1:
        raise InputError("nested objectives", file=file, field="objective", hint="only one level can be read")
    return sorted(found, key=lambda element: _number(element, "index", file))


def _fail(what: str, file: str, field: str) -> NoReturn:
    raise InputError(what, file=file, field=field)


def _number(element: Element, name: str, file: str) -> float:
    text = element.get(name)
    try:
        value = float(text or "")
    except ValueError:
        _fail(f"not a number: {text!r}", file, f"{element.tag}.{name}")
    if value != value or value in (float("inf"), float("-inf")):
        _fail(f"not a finite number: {text}", file, f"{element.tag}.{name}")
    return value


def _issue(element: Element, file: str) -> Issue:
    name = element.get("name") or _fail("an issue has no name", file, "issue.name")
    items = element.findall("item")
    if items:
        values = [item.get("value") or "" for item in items]
        if len(set(values)) != len(values) or not all(value.strip() for value in values):
            _fail(f"issue {name!r} has an option twice, or one without a value", file, "item.value")
        return Issue(name, name, options=tuple(Option(value, value) for value in values))
    low, high = _bounds(element, name, file)
    options = tuple(Option(str(value), str(value), value=float(value)) for value in range(low, high + 1))
    return Issue(name, name, options=options)


def _bounds(element: Element, name: str, file: str) -> tuple[int, int]:
    kind = element.get("vtype") or element.get("type") or ""
    if kind.lower() != "integer":
        _fail(f"issue {name!r} of type {kind or 'unknown'!r} lists no options", file, "issue")
    inner = element.find("range")
    bounds = element if inner is None else inner
    low, high = (_number(bounds, side, file) for side in ("lowerbound", "upperbound"))
    if low != int(low) or high != int(high) or not low < high or high - low >= MOST_OPTIONS:
        _fail(f"issue {name!r} runs from {low:g} to {high:g}", file, "issue.lowerbound")
    return int(low), int(high)


def _profile(root: Element, file: str, party: str, issues: tuple[Issue, ...]) -> Preference:
    weights = {element.get("index"): _number(element, "value", file) for element in root.iter("weight")}
    elements = {element.get("name"): element for element in _issues(root, file)}
    worths: list[Worth] = []
    weighed: list[Weight] = []
    for issue in issues:
        element = elements.get(issue.id)
        if element is None:
            _fail(f"lacks the issue {issue.id!r} of the domain", file, "issue")
        weight = weights.get(element.get("index"))
        if weight is None:
            _fail(f"no weight for issue {issue.id!r}", file, "weight")
        table = _evaluations(element, issue, file)
        largest = max(table.values()) if element.find("item") is not None else 1.0
        if min(table.values()) < 0 and element.find("item") is not None:
            _fail(f"an evaluation of {issue.id!r} lies below zero", file, "item.evaluation")
        share = weight / largest if largest > 0 else 0.0
        weighed.append(Weight(issue.id, share, share))
        worths += [Worth(issue.id, option.id, table[option.id], table[option.id]) for option in issue.options]
    reservation = root.find(".//reservation")
    start = None if reservation is None else _number(reservation, "value", file)
    return Preference(party, tuple(worths), tuple(weighed), reservation=start)


def _evaluations(element: Element, issue: Issue, file: str) -> dict[str, float]:
    items = element.findall("item")
    if items:
        table = {item.get("value") or "": _number(item, "evaluation", file) for item in items}
        lacking = [option.id for option in issue.options if option.id not in table]
        if lacking:
            _fail(f"lacks option {lacking[0]!r} of issue {issue.id!r}", file, "item")
        return table
    evaluator = element.find("evaluator")
    if evaluator is None or (evaluator.get("ftype") or "").lower() != "linear":
        _fail(f"issue {issue.id!r} has no linear evaluator", file, "evaluator")
    names = ("offset", "slope") if evaluator.get("slope") is not None else ("parameter0", "parameter1")
    offset, slope = (_number(evaluator, name, file) for name in names)
    return {option.id: offset + slope * (option.value or 0.0) for option in issue.options}


def genius_files(model: NegotiationModel) -> dict[str, str]:
    """The model as Genius XML: ``domain.xml`` and one ``PARTY.xml`` for every party with utilities.

    Raises
    ------
    InputError
        A preference is not additive, not exact, or holds a worth below zero: Genius knows none of these.
    """
    from comity.bargaining.pareto.problem import utilities

    files = {"domain.xml": f"<negotiation_template>\n{_space(model, None, [])}</negotiation_template>\n"}
    for preference in model.preferences:
        table, _ = utilities(model, preference)
        if preference.joint:
            raise InputError(f"preference of {preference.party!r} holds joint worths", hint="Genius has no such thing")
        if any(worth < 0 for row in table for worth in row):
            raise InputError(f"preference of {preference.party!r} holds a worth below zero", hint="shift it up")
        rows = [[float(worth) for worth in row] for row in table]
        files[f"{_safe(preference.party)}.xml"] = _space(model, preference, rows)
    if len(files) == 1:
        raise InputError("no party has preferences", field="preference", hint="Genius profiles need them")
    return files


def _safe(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-_" else "_" for c in name) or "party"


def _space(model: NegotiationModel, preference: Preference | None, rows: Iterable[list[float]]) -> str:
    table = list(rows)
    lines = [
        f'<utility_space type="any" number_of_issues="{len(model.issues)}">',
        f'<objective index="0" name={quoteattr(model.title or "root")} type="objective" etype="objective">',
    ]
    for i, issue in enumerate(model.issues):
        head = f'<issue index="{i + 1}" name={quoteattr(issue.id)}'
        lines.append(f'{head} type="discrete" etype="discrete" vtype="discrete">')
        for j, option in enumerate(issue.options):
            said = "" if not table else f' evaluation="{table[i][j] if max(table[i]) > 0 else 1.0!r}"'
            lines.append(f'<item index="{j + 1}" value={quoteattr(option.id)}{said}/>')
        lines.append("</issue>")
    lines += [f'<weight index="{i + 1}" value="{max(row)!r}"/>' for i, row in enumerate(table)]
    lines.append("</objective>")
    if preference is not None and preference.reservation is not None:
        lines.append(f'<reservation value="{preference.reservation!r}"/>')
    return "\n".join([*lines, "</utility_space>", ""])
