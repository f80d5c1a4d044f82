"""Links from a corpus's indicators to national ones: accepted by themselves, proposed, or decided by people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from namndata.deciding import id_of_words
from namndata.kolada.catalogue import Kpi, levels_of, read_catalogue
from namndata.kolada.decisions import Decision
from namndata.kolada.match import FIRM, LEAST_SCORE, Match, national_catalogue
from namndata.kolada.official import TOTAL, Printed, Values, years_of
from namndata.kolada.titles import kind_of_unit
from normalize.guards import guard_codes, vetoes
from normalize.name_keys import name_words
from schema.places import code_of

MOST_PROPOSED = 3
SIMILAR = 0.5
"""How alike a title must be for official values to bear it out."""
FEWEST_YEARS = 2
"""Years in which a printed outcome must be the official value."""
BORNE_OUT = 0.95
"""Score of a similar title whose official values agree: above any without, below the same title."""
UNDER_PARENT = 0.97
"""What a label without its parent's counts beside the whole."""
SEX = "sex"


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is known of an indicator when it is linked."""

    indicator_id: str
    labels: tuple[tuple[str, str | None], ...]
    """Every printed label with its parent's."""
    unit: str | None = None
    code: str | None = None
    """Of the municipality or region; None where there is none, or several."""
    printed: tuple[Printed, ...] = ()
    printed_id: str | None = None
    """The national id that a report prints for it."""
    name: str = ""
    municipality: str = ""
    committee: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An indicator and a national one."""

    indicator_id: str
    kpi: str
    status: str
    """`accepted`, `proposed` or `rejected`."""
    method: str
    """`title`, `similar`, `values` or `person`."""
    score: float
    reasons: tuple[str, ...]
    sex: str | None = None
    reviewed: bool = False
    decided_by: str | None = None

    @property
    def link(self) -> str:
        """A short id by which a decision can name the pair."""
        return id_of_words(self.indicator_id, self.kpi)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A national title that one of an indicator's labels may be."""

    match: Match
    sex: str | None = None
    alike: tuple[int, ...] = field(default=())
    """Years in which official values are the printed ones."""
    unlike: tuple[int, ...] = field(default=())

    @property
    def is_borne_out(self) -> bool:
        """Whether official values agree in enough years, and more often than not."""
        return len(self.alike) >= FEWEST_YEARS and len(self.alike) > len(self.unlike)

    @property
    def score(self) -> float:
        """How likely it is the indicator; the same title comes before all others."""
        if self.match.same_title or not self.is_borne_out or self.match.score < SIMILAR:
            return self.match.score
        return max(BORNE_OUT, self.match.score)

    @property
    def order(self) -> tuple[float, bool, str]:
        """Best first; of equals, what is still measured, then by id."""
        return -self.score, self.match.kpi.ended is not None, self.match.kpi.kpi


def find_links(indicator: Indicator, values: Values, decisions: Sequence[Decision]) -> list[Link]:
    """Return an indicator's links: decided ones, else the one that is accepted by itself, else at most three proposals.

    What a person rejected is listed as rejected.
    """
    decided = [link_of_decision(indicator, decision) for decision in decisions]
    if any(link.status == "accepted" for link in decided):
        return decided
    rejected = {link.kpi for link in decided}
    found = [each for each in candidates_of(indicator, values) if each.match.kpi.kpi not in rejected]
    accepted = accept(indicator, found)
    if accepted:
        return [link_of(indicator, accepted, "accepted"), *decided]
    best = [each for each in found if each.score >= LEAST_SCORE][:MOST_PROPOSED]
    return [*(link_of(indicator, each, "proposed") for each in best), *decided]


def accept(indicator: Indicator, found: Sequence[Candidate]) -> Candidate | None:
    """Return the one that needs no person: the only one of its title, or the only one that official values bear out.

    A body without a code has no official values, and its own titles may be of anything.
    """
    if indicator.code is None:
        return None
    same = [each for each in found if each.match.same_title]
    if same:
        if len(same) > 1:
            same = [each for each in same if each.match.kpi.ended is None]
        return same[0] if len(same) == 1 and is_measured(same[0].match.kpi, indicator.printed) else None
    similar = [each for each in found if each.is_borne_out and each.match.score >= SIMILAR]
    return similar[0] if len(similar) == 1 else None


def is_measured(kpi: Kpi, printed: Sequence[Printed]) -> bool:
    """Tell whether an indicator was still measured in a year with an outcome; without outcomes nothing denies it."""
    return kpi.ended is None or not printed or min(each.year for each in printed) <= kpi.ended


def candidates_of(indicator: Indicator, values: Values) -> list[Candidate]:
    """Return the national titles that the indicator's labels may be, best first."""
    best: dict[str, Candidate] = {}
    for label, parent in indicator.labels:
        for each in candidates_of_label(label, parent, indicator):
            known = best.get(each.match.kpi.kpi)
            if known is None or each.order < known.order:
                best[each.match.kpi.kpi] = each
    weighed = (with_values(each, indicator, values) for each in best.values())
    return sorted(weighed, key=lambda each: each.order)


def candidates_of_label(label: str, parent: str | None, indicator: Indicator) -> Iterator[Candidate]:
    """Return the titles that a label may be, by itself and under its parent's; none under another body's name."""
    if parent and code_of(parent) not in (None, indicator.code):
        return
    catalogue, kind, levels = national_catalogue(), kind_of_unit(indicator.unit), levels_of(indicator.code)
    bare, sex = without_sex(label)
    for text, of_sex in ((label, None), (bare, sex)) if sex else ((label, None),):
        for match in catalogue.matches(text, kind, levels):
            if of_sex is None or match.kpi.by_sex:
                yield Candidate(printed_too(under(parent, match), indicator), of_sex)
    if parent:
        for match in catalogue.matches(f"{parent} {label}", kind, levels):
            yield Candidate(printed_too(match, indicator))


def under(parent: str | None, match: Match) -> Match:
    """Return a match of a label alone: its parent's may forbid that it is the same title."""
    if parent is None:
        return match
    codes = guard_codes(match.kpi.title)
    against = [guard for guard, _, _ in vetoes(guard_codes(parent), codes) if guard in FIRM and guard in codes]
    if against or guard_codes(parent).keys() & {"area", SEX}:
        score = match.score * UNDER_PARENT / 2
        reasons = (*match.reasons, "its parent's label tells of something else")
        return replace(match, score=score, reasons=reasons, same_title=False)
    return match if match.same_title else replace(match, score=match.score * UNDER_PARENT)


def printed_too(match: Match, indicator: Indicator) -> Match:
    """Return a match, with a reason more where a report prints its id."""
    if match.kpi.kpi != indicator.printed_id:
        return match
    return replace(match, score=max(match.score, BORNE_OUT), reasons=(*match.reasons, "a report prints its id"))


def without_sex(label: str) -> tuple[str, str | None]:
    """Return a label without the words for one sex, and that sex: a national indicator has values for each."""
    sexes = guard_codes(label).get(SEX, frozenset())
    if len(sexes) != 1:
        return label, None
    kept = [word for word in label.split() if not any(SEX in guard_codes(part) for part in name_words(word))]
    return " ".join(kept), next(iter(sexes))


def with_values(candidate: Candidate, indicator: Indicator, values: Values) -> Candidate:
    """Return a candidate with what official values say of it."""
    kpi = candidate.match.kpi.kpi
    if indicator.code is None or not values:
        return candidate
    alike, unlike = years_of(indicator.printed, values, (kpi, indicator.code, candidate.sex or TOTAL))
    told = [f"official values agree in {', '.join(map(str, alike))}"] if alike else []
    told += [f"official values differ in {', '.join(map(str, unlike))}"] if unlike else []
    match = replace(candidate.match, reasons=(*candidate.match.reasons, *told))
    return replace(candidate, match=match, alike=tuple(alike), unlike=tuple(unlike))


def link_of(indicator: Indicator, candidate: Candidate, status: str) -> Link:
    """Return a candidate as a link."""
    borne_out = candidate.is_borne_out and candidate.match.score >= SIMILAR
    method = "title" if candidate.match.same_title else "values" if borne_out else "similar"
    reasons = candidate.match.reasons
    if candidate.match.same_title and status == "proposed":
        reasons = (*reasons, why_not_accepted(indicator, candidate))
    return Link(
        indicator.indicator_id,
        candidate.match.kpi.kpi,
        status,
        method,
        round(candidate.score, 4),
        reasons,
        candidate.sex,
    )


def why_not_accepted(indicator: Indicator, candidate: Candidate) -> str:
    """Return why the same title is not enough."""
    if indicator.code is None:
        return "the body is no municipality or region"
    if not is_measured(candidate.match.kpi, indicator.printed):
        return f"not measured after {candidate.match.kpi.ended}"
    return "several national indicators have this title"


def link_of_decision(indicator: Indicator, decision: Decision) -> Link:
    """Return a person's decision as a link; they may know an indicator that the catalogue does not."""
    label = indicator.labels[0][0] if indicator.labels else ""
    kpi = read_catalogue().get(decision.kpi)
    sex = without_sex(label)[1] if kpi and kpi.by_sex and SEX not in guard_codes(kpi.title) else None
    status = "accepted" if decision.decision == "accept" else "rejected"
    reasons = (decision.note,) if decision.note else ()
    by = decision.decided_by or None
    return Link(indicator.indicator_id, decision.kpi, status, "person", 1.0, reasons, sex, reviewed=True, decided_by=by)


def by_indicator(
    decisions: Sequence[Decision], indicators: Sequence[Indicator], aliases: Mapping[str, str]
) -> dict[str, list[Decision]]:
    """Return the decisions of each indicator, by its id, an older id, or whose it is and its name."""
    known = {indicator.indicator_id for indicator in indicators}
    named: dict[tuple[str, str, str], set[str]] = {}
    for each in indicators:
        named.setdefault((each.name, each.municipality, each.committee), set()).add(each.indicator_id)
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        wanted = aliases.get(decision.indicator_id, decision.indicator_id)
        by_name = named.get((decision.name, decision.municipality, decision.committee), set())
        owner = wanted if wanted in known else next(iter(by_name)) if len(by_name) == 1 else None
        if owner is not None:
            found.setdefault(owner, []).append(decision)
    return found
