"""What a name says that another name of the same indicator must not contradict."""

import pytest

from normalize.guards import guard_codes, one_sided, vetoes


def forbidden(one, other):
    return {guard for guard, _, _ in vetoes(guard_codes(one), guard_codes(other))}


@pytest.mark.parametrize(
    ("one", "other", "guard"),
    [
        ("Elever i åk 6", "Elever i åk 9", "number"),
        ("Beslut inom tre månader", "Beslut inom 6 månader", "number"),
        ("Trygga flickor", "Trygga", "sex"),
        ("Barnavårdsutredningar", "Utredningar av vuxna", "population"),
        ("Median för väntetid", "Genomsnittlig väntetid", "average"),
        ("Beläggningsgrad gruppbostad", "Beläggningsgrad HVB", "service"),
        ("Personer i kö per månad", "Personer i kö per dag", "rate"),
    ],
)
def test_a_contradiction_forbids(one, other, guard):
    assert guard in forbidden(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Placerade i årskurs 9", "20-åringar som var placerade i årskurs 9"),
        ("Uppföljning 2022", "Uppföljning 2023"),
        ("Barn i dygnsvård", "Barn i dygnsvård (varav ensamkommande)"),
        ("Fler personer får avtal", "Andel personer som får avtal"),
    ],
)
def test_saying_more_is_no_contradiction(one, other):
    assert not forbidden(one, other)


def test_what_one_name_alone_says_is_noted():
    assert one_sided(guard_codes("Andel trygga barn"), guard_codes("Trygga barn")) == ["measure"]
