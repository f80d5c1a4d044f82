"""What two wordings of a name have in common."""

import pytest

from normalize.wordings import compare_wordings, core_words, parts_of, without_target


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Andel nöjda ska uppgå till minst 65 %.", "andel nöjda"),
        ("Andel nöjda skall vara högst 5,5 procent", "andel nöjda"),
        ("Sjukfrånvaron ska minska till 6 %", "sjukfrånvaron"),
        ("Väntetiden bör understiga 60 dagar", "väntetiden"),
    ],
)
def test_a_target_at_the_end_of_a_name_is_no_part_of_it(name, bare):
    assert without_target(name) == bare


@pytest.mark.parametrize(
    "name",
    [
        "Andel elever som ska ha minst 3 timmar",
        "Beslut ska fattas inom 60 dagar",
        "Hushåll med minst 100 Mbit/s",
        "Kostnaden ska vara på samma nivå som snittet",
    ],
)
def test_what_defines_a_measure_is_no_target(name):
    assert without_target(name) == name


@pytest.mark.parametrize(
    ("word", "others", "parts"),
    [
        ("museibesökare", {"museum", "besökare"}, ("museum", "besökare")),
        ("individuppföljning", {"individuell", "uppföljning"}, ("individuell", "uppföljning")),
        ("sjukvårdsauktorisera", {"auktorisera"}, ()),
        ("deltid", {"tid"}, ()),
    ],
)
def test_a_compound_meets_the_words_that_it_is_wholly_made_of(word, others, parts):
    assert parts_of(word, others) == parts


def test_words_that_tell_measures_apart_are_left_over():
    assert compare_wordings("Andel som arbetar heltid", "Andel som arbetar deltid").mine == {"heltid"}
    assert compare_wordings("Andel med högre utbildning", "Andel med lägre utbildning").theirs
    assert core_words("Ökning av familjehem") != core_words("Familjehem")
    assert core_words("Familjehem ska öka") == core_words("Familjehem")
    assert not compare_wordings("Bygglov inom tio veckor", "Bygglov inom 10 veckor").mine
