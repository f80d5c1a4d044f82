import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.name_keys import name_key
from schema.lexicon.labels import is_total_label
from schema.lexicon.text import clean_label, clean_text, fold_label


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str):
    assert clean_text(clean_text(text)) == clean_text(text)
    assert fold_label(fold_label(text)) == fold_label(text)


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("*Total sjukfrånvaro", "Total sjukfrånvaro"),
        ("<i>varav</i>\u00a0intäkter*", "varav intäkter"),
        ("Års\u00adarbetare", "Årsarbetare"),
        ("Andel positiva svar ³", "Andel positiva svar"),
        ("kWh/m²", "kWh/m²"),
        ("Antal besök ..............", "Antal besök"),
        ("Kostnader m.m.", "Kostnader m.m."),
    ],
)
def test_marks_that_are_no_words_are_cleaned_away(printed: str, clean: str):
    assert clean_label(printed) == clean


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Total sjukfrånvaro (%)", "*Total sjukfrånvaro, %"),
        ("Andelen barn i åk 9", "Andel barn i årskurs 9"),
        ("Balans – öppenvård", "balans - öppenvård."),
        ("Arbete & kompetens", "Arbete och kompetens"),
    ],
)
def test_two_printings_of_one_name_share_a_key(one: str, other: str):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Behöriga i åk 6", "Behöriga i åk 9"),
        ("Antal hushåll", "Andel hushåll"),
        ("Inom 60 dagar", "Inom 120 dagar"),
        ("Ej återaktualiserade barn", "Ej återaktualiserade vuxna"),
        ("Ärenden LSS", "Ärenden SoL"),
        ("Trygghet kvinnor", "Trygghet män"),
    ],
)
def test_look_alikes_stay_apart(one: str, other: str):
    assert name_key(one) != name_key(other)


def test_a_net_cost_is_a_total_but_where_it_opens_a_table():
    assert is_total_label("Nettokostnad")
    assert not is_total_label("Nettokostnad", bare=False)
    assert not is_total_label("Nettokostnad per elev")
