import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.lexicon.wordbreaks import join_lines, rejoin_header

NARROW = [
    ("Målvä|rde", "Målvärde"),
    ("uppf|öljni|ng", "uppföljning"),
    ("Systema|tisk analys", "Systematisk analys"),
    ("Sjukvårdauktorisatio|n", "Sjukvårdauktorisation"),
    ("Gen|omf|ört", "Genomfört"),
    ("Utvärderade/impleme|nterade|projekt", "Utvärderade/implementerade projekt"),
    ("medarbetarengagem|ang (HME)", "medarbetarengagemang (HME)"),
]
HYPHENS = [
    ("utveck-|lingen", "utvecklingen"),
    ("chef-|och ledarskap", "chef- och ledarskap"),
    ("in-|eller utflyttning", "in- eller utflyttning"),
    ("IT-|relaterade", "IT-relaterade"),
    ("HVB-|placeringar", "HVB-placeringar"),
    ("jan-|augusti 2023", "jan-augusti 2023"),
    ("Budget|jan-apr 2023", "Budget jan-apr 2023"),
    ("barn 0-|20 år", "barn 0-20 år"),
]
APART = [
    ("Behovsstyrd utveckling av|boendeformer", "Behovsstyrd utveckling av boendeformer"),
    ("Andel|heltidsanställningar", "Andel heltidsanställningar"),
    ("mellan|beläggningsgrad", "mellan beläggningsgrad"),
    ("IFO|placeringar", "IFO placeringar"),
    ("Budget inkl|ombudgeteringar", "Budget inkl ombudgeteringar"),
    ("120|dagar", "120 dagar"),
    ("Reinvestering|ledningsnät", "Reinvestering ledningsnät"),
    ("Nettoårsarbetare|sep 2023", "Nettoårsarbetare sep 2023"),
    ("Treserva|ärenden", "Treserva ärenden"),
]


@pytest.mark.parametrize(("printed", "whole"), NARROW + HYPHENS + APART)
def test_lines_of_a_cell_become_words(printed, whole):
    assert join_lines(printed.split("|")) == whole


def test_geometry_joins_what_the_lexicon_would_keep_apart():
    assert join_lines(["boende", "process", "en"]) == "boende process en"
    assert join_lines(["boende", "process", "en"], fills=[True, True, False]) == "boendeprocessen"


def test_geometry_with_room_left_keeps_words_apart():
    assert join_lines(["Mål", "värde"], fills=[False, False], known={"Målvärde"}.__contains__) == "Mål värde"


def test_the_documents_own_words_count():
    assert join_lines(["Kolad", "abas"], known={"Kolad", "abas"}.__contains__) == "Kolad abas"
    assert join_lines(["Kolad", "abas"], known={"Kolada", "Koladabas"}.__contains__) == "Koladabas"


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("Målvä rde 2019", "Målvärde 2019"),
        ("Nämnd- indikator", "Nämndindikator"),
        ("Mål uppnås", "Mål uppnås"),
        ("Redovisat jan- augusti 2023", "Redovisat jan-augusti 2023"),
        ("Bokslut 2018", "Bokslut 2018"),
        ("Budget t o m aug", "Budget t o m aug"),
        ("Utfa ll f å", "Utfall f å"),
    ],
)
def test_header_words_are_mended(printed, whole):
    assert rejoin_header(printed) == whole


LINES = st.lists(st.text(alphabet="abdeåäö 0123456789-/(),%", max_size=12), max_size=6)


@given(LINES)
def test_only_spaces_and_line_end_hyphens_change(lines):
    def letters(text):
        return "".join(text.split()).replace("-", "")

    assert letters(join_lines(lines)) == letters("".join(lines))


@given(LINES)
def test_numbers_are_never_glued(lines):
    joined = join_lines(lines, known=lambda word: True)
    assert re.findall(r"\d+", joined) == re.findall(r"\d+", " ".join(lines))


@given(st.text(alphabet="abc ", max_size=30))
def test_one_line_stays_as_it_is(line):
    assert join_lines([line]) == " ".join(line.split())


def test_a_month_ends_no_word_even_where_the_line_was_full():
    assert join_lines(["Utfall", "jan-apr 2023"], fills=[True]) == "Utfall jan-apr 2023"
    assert join_lines(["Utfall", "sep 2022 ack"], fills=[True]) == "Utfall sep 2022 ack"
    assert join_lines(["som", "mar"], fills=[True]) == "sommar"
