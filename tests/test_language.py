"""What people read exists in Swedish, from one catalogue, with its figures and names in their places."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from namndata.browse.questions import read_questions
from namndata.cli import app
from namndata.disk.refused import why_refused
from namndata.language.catalogue import doubts, keyed_words, messages, read_catalogue, words_of
from namndata.language.chosen import choose, is_swedish, language_of, say
from namndata.language.translate import in_english, in_swedish
from namndata.run.findings import Finding
from namndata.sample.gold import gold_line
from schema.doubts import known_doubts
from schema.swedish import is_known

ROOT = Path(__file__).parent.parent
SHOWN_NAMES = {"message", "remedy", "said", "why", "reasons", "told", "GIVE_REPORTS", "REPORTS_HELP", "REGROUPED"}
SHOWN_NAMES |= {"AS_PDF", "PICTURE", "UNPACK", "NO_REPORT"}
SAYING = {
    "Problem",
    "Finding",
    "print",
    "Refused",
    "UnreadableDocument",
    "Kind",
    "FactDoubt",
    "no_data",
    "existing_folder",
    "unfollowed",
    "Standing",
    "failed_document",
}
TELLING = {"fault_of", "faults_in", "nearest"}
"""Functions that return what a person reads."""
HELPFUL = {"Option", "Argument", "Typer"}
PLACE = re.compile(r"\{(\w+)[:}]")
CITED = words_of("cited")
ENGLISH_WORDS = re.compile(r"\b(?:the|of|is|are|with|or|it|which|was|from|give|to|cannot|not|check|files|by)\b", re.I)
NO_WORDS = re.compile(r"\{\d+\}|\[/?[\w ]*\]|[^A-Za-zÅÄÖåäö]+|namndata")


def as_template(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    places = iter(range(99))
    return "".join(part.value if isinstance(part, ast.Constant) else f"{{{next(places)}}}" for part in node.values)


def texts_in(node):
    text = as_template(node)
    if text is not None:
        yield text
        return
    for child in ast.iter_child_nodes(node):
        yield from texts_in(child)


def name_of(function):
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def said_by(node):
    """Yield the parts of the code that hold what a person reads."""
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        yield from node.exc.args
    elif isinstance(node, ast.Call) and name_of(node.func) in SAYING:
        yield from (*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "message"))
    elif isinstance(node, ast.Call) and name_of(node.func) in HELPFUL:
        yield from (keyword.value for keyword in node.keywords if keyword.arg == "help")
    elif (
        isinstance(node, ast.AugAssign)
        and getattr(node.target, "id", "") in SHOWN_NAMES
        or isinstance(node, ast.AnnAssign)
        and node.value
        and getattr(node.target, "id", "") in SHOWN_NAMES
        or isinstance(node, ast.Assign)
        and any(getattr(target, "id", "") in SHOWN_NAMES for target in node.targets)
    ):
        yield node.value
    elif isinstance(node, ast.FunctionDef) and node.name in TELLING:
        yield from (each.value for each in ast.walk(node) if isinstance(each, ast.Return | ast.Yield) and each.value)
    elif isinstance(node, ast.FunctionDef):
        decorators = (name_of(each.func) for each in node.decorator_list if isinstance(each, ast.Call))
        if {"command", "callback"} & set(decorators):
            yield ast.Constant(" ".join(ast.get_docstring(node).split("\n\n")[0].split()))


def messages_in_code():
    """Return the texts of several words that the code says, each with the file that says it."""
    found = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for part in said_by(node):
                for text in map(str.strip, texts_in(part)):
                    if " " in text and text not in CITED and " " in NO_WORDS.sub(" ", text).strip():
                        found.setdefault(text, path.name)
    return found


def test_every_message_has_its_swedish():
    said = messages_in_code()
    assert len(said) > 200
    lacking = [f"{where}: {text}" for text, where in said.items() if in_swedish(sample_of(text)) == sample_of(text)]
    print("\n".join(lacking))
    assert lacking == [], "add them to language/catalogue.csv"


def test_no_message_stays_half_english():
    quoted = re.compile(r"`[^`]*`|'[^']*'|\w+_\w+|--\S+|\w+\.csv")
    half = [f"{said} | {in_swedish(sample_of(said))}" for said in messages_in_code() if ENGLISH_WORDS.search(
        quoted.sub("", in_swedish(sample_of(said)))
    )]  # fmt: skip
    assert half == [], "add them to language/catalogue.csv"


def test_the_help_of_every_command_is_in_swedish():
    lacking = [text for text in helps_of(typer.main.get_command(app)) if in_swedish(text) == text]
    assert lacking == [], "add them to language/catalogue.csv"


def helps_of(command):
    """Yield the help of a command, its options and its subcommands, in one line each."""
    helps = [command.help, *(getattr(each, "help", None) for each in command.params)]
    yield from (" ".join(text.split()) for text in helps if text)
    for each in getattr(command, "commands", {}).values():
        yield from helps_of(each)


def sample_of(text):
    return re.sub(r"\{\d+\}", lambda place: f"X{place[0][1:-1]}", text)


def test_swedish_and_english_have_the_same_places():
    rows = read_catalogue()
    assert [english for _, swedish, english in rows if set(PLACE.findall(swedish)) != set(PLACE.findall(english))] == []
    assert [row for row in rows if not row[1].strip() or not row[2].strip()] == []


def test_nothing_stands_twice():
    keys = [key for key, _, _ in read_catalogue() if key]
    texts = [english for key, _, english in read_catalogue() if not key]
    assert len(keys) == len(set(keys)) == len(keyed_words())
    assert len(texts) == len(set(texts)) == len(messages())


def test_figures_and_names_keep_their_places():
    said = "Summa nettokostnader, Avvikelse: -7 250 is +10 off cost and income together (-7260)."
    assert in_swedish(said) == (
        "Summa nettokostnader, Avvikelse: -7 250 skiljer sig med +10 från kostnad och intäkt tillsammans (-7260)."
    )
    assert in_swedish("Kostnader, Utfall 2024: -22 differs from -24 in table 1.") == (
        "Kostnader, Utfall 2024: -22 skiljer sig från -24 i tabell 1."
    )
    assert in_swedish("12 pages, 3 tables, 40 values, 1.2 s") == "12 sidor, 3 tabeller, 40 värden, 1,2 s"
    assert in_swedish("report.pdf: needs a password; save a copy without password protection").startswith(
        "report.pdf: kräver lösenord"
    )


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("1 reports, 1 to read.", "1 rapport, 1 att läsa."),
        ("21 reports, 0 to read.", "21 rapporter, 0 att läsa."),
        ("1 pages, 1 tables, 1 values", "1 sida, 1 tabell, 1 värde"),
        ("1 lines to add", "1 lines to add"),
    ],
)
def test_a_word_follows_its_number(english, swedish):
    assert in_swedish(english) == swedish


def test_no_swedish_count_is_followed_by_a_word_of_many():
    counted = re.compile(r"\{\w+\} (?:rapporter|sidor|tabeller|bilder|rader|nämnder|värden)\b(?!/)")
    wrong = [text for _, text, _ in read_catalogue() if counted.search(text.replace("av {", "{of "))]
    assert wrong == [], "write {0} {0:rapport|rapporter}"


def test_no_english_count_is_followed_by_a_word_of_many():
    nouns = "reports|pages|tables|pictures|lines|rows|committees|values|corrections|decisions|goals|assignments|columns"
    others = "indicators|headers|files|checks|numbers|outcomes|documents|entries|differences|proposals|problems|errors"
    counted = re.compile(rf"\{{\w+\}} (?:{nouns}|{others})\b(?!/)")
    assert [text for _, _, text in read_catalogue() if counted.search(text)] == [], "write {0} {0:report|reports}"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("1 reports, 1 to read.", "1 report, 1 to read."),
        ("21 reports, 0 to read.", "21 reports, 0 to read."),
        ("1 pages, 1 tables, 1 values", "1 page, 1 table, 1 value"),
        (
            "1 checks that fail and 2 problems make a strict run fail.",
            "1 check that fails and 2 problems make a strict run fail.",
        ),
        ("1 corrections fit, 1 do not.", "1 correction fits, 1 does not."),
        ("0 of 1 pages, 0 of 1 reports", "0 of 1 page, 0 of 1 report"),
        ("Sjöbo 1 lines 1 values of its own", "Sjöbo 1 lines 1 values of its own"),
    ],
)
def test_an_english_word_follows_its_number(said, read):
    assert in_english(said) == read


@pytest.mark.parametrize("text", ["Sjukfrånvaro, procent", "", "{0}", "page", "x" * 5000, "a: b; c, d", "[red]"])
def test_what_is_no_message_stays(text):
    assert in_swedish(text) == text


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "sv_SE"}, "sv"),
        ({"LC_ALL": "", "LANG": "sv_FI"}, "sv"),
        ({"LANG": "sv_SE", "NAMNDATA_LANG": "en"}, "en"),
        ({"NAMNDATA_LANG": "sv"}, "sv"),
    ],
)
def test_the_environment_says_which_language(environment, language):
    assert language_of(environment) == language


def test_the_option_decides_and_is_taken_from_the_arguments():
    assert choose(["extract", "a", "--lang", "sv", "--quiet"], {}) == ["extract", "a", "--quiet"]
    assert is_swedish() and say("The corpus.") == "Korpusen."
    assert choose(["--lang=en", "extract", "a"], {"LANG": "sv_SE"}) == ["extract", "a"]
    assert not is_swedish() and say("The corpus.") == "The corpus."


def spoken(*arguments, **environment):
    here = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "300", **environment}
    command = [sys.executable, "-m", "namndata", *arguments]
    return subprocess.run(command, cwd=ROOT, env=here, capture_output=True, text=True, check=False)


def test_errors_and_help_are_in_swedish(tmp_path):
    wrong = spoken("extract", str(tmp_path), "--out", str(tmp_path / "o"), NAMNDATA_LANG="sv")
    assert wrong.returncode == 1 and wrong.stderr.startswith("Fel: Det finns ingen rapport i")
    help_text = spoken("extract", "--help", "--lang", "sv").stdout
    assert "Mapp som rapporterna ligger i" in help_text and "Folder" not in help_text and "--lang" in help_text
    assert "Rätta eller godkänn" in spoken("--help", LC_ALL="sv_SE.UTF-8").stdout
    assert spoken("extract", "--lang", "fi").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract", "{there}/nowhere"], "Fel: Det finns ingen mapp {there}/nowhere. Ange mappen som rapporterna"),
        (["extract", "{there}/a.txt"], "Fel: {there}/a.txt är en fil. Ange mappen som den ligger i."),
        (["extract", "{there}", "--out", "{there}/a.txt"], "Fel: Mappen {there}/a.txt kan inte skapas (en fil"),
        (["extract", "{there}", "--json", "{there}/a.txt/b.json"], "Fel: Det går inte att skriva {there}/a.txt/b.json"),
        (["extract", "{there}", "--junit", "{there}"], "Fel: Det går inte att skriva {there}. Ange en fil"),
    ],
)
def test_a_wrong_path_is_one_swedish_line_before_anything_is_read(arguments, said, tmp_path):
    (tmp_path / "a.txt").write_text("Socialnämnden", encoding="utf-8")
    here = [argument.format(there=tmp_path) for argument in arguments]
    done = spoken(*here, *([] if "--out" in here else ["--out", str(tmp_path / "o")]), NAMNDATA_LANG="sv")
    assert (done.returncode, done.stdout.strip()) == (2, "")
    assert done.stderr.startswith(said.format(there=tmp_path))
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extrakt"], "Kommandot 'extrakt' finns inte. Menade du 'extract', 'export'? Se `namndata --help`."),
        (["extract", "--job", "2"], "Flaggan --job finns inte. Kanske menade du någon av --jobs, --json, --out. Se"),
        (
            ["extract", "--jobs", "två"],
            "Värdet för '--jobs' går inte att använda: det ska vara ett heltal. Se `namndata",
        ),
        (["extract", "--jobs", "-3"], "Värdet för '--jobs' går inte att använda: det ska vara minst 0. Se `namndata"),
        (["extract", "--time-limit", "x"], "Värdet för '--time-limit' går inte att använda: det ska vara ett tal. Se"),
        (["extract", "a", "b"], "Det här är för mycket: b. Se `namndata extract --help`."),
        (["diff", "a"], "Argumentet 'new' saknas. Se `namndata diff --help`."),
        (["extract", "--json"], "Flaggan '--json' ska följas av ett värde. Se `namndata"),
        (["extract", "--fresh=1"], "Flaggan '--fresh' tar inget värde. Se `namndata"),
    ],
)
def test_a_command_that_is_written_wrong_is_one_swedish_line(arguments, said):
    done = spoken(*arguments, NAMNDATA_LANG="sv")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"Fel: {said}")


def test_how_a_command_is_written_is_told_in_swedish():
    told = spoken("extract", "--help", NAMNDATA_LANG="sv").stdout
    assert "Användning: namndata extract [FLAGGOR]" in told and "[förval: corpus]" in told
    assert not re.search("Usage|OPTIONS|default", told)


def test_a_run_is_told_in_swedish_and_stored_in_english(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("Socialnämnden\n\nIngen tabell här.\n", encoding="utf-8")
    out = tmp_path / "out"
    said = spoken("extract", str(tmp_path / "reports"), "--out", str(out), "--jobs", "1", "--strict", "--lang", "sv")
    assert "1 rapport, 1 att läsa." in said.stdout
    assert "Kontroller 0 stämmer, 0 stämmer inte" in said.stdout
    assert "nothing_found: Ingen tabell med siffror" in said.stderr
    stored = spoken("extract", str(tmp_path / "reports"), "--out", str(out), "--jobs", "1", "--strict", "--lang", "en")
    assert "nothing_found: No table of figures" in stored.stderr


def test_every_question_has_its_swedish():
    assert [question.name for question in read_questions() if question.swedish == question.asked] == []


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("1 documents read in 53.4 s, 42 pages, 0.8 pages/s, CPU 6.9 s (0.164 s/page)",
         "1 dokument läst på 53,4 s, 42 sidor, 0,8 sidor/s, CPU 6,9 s (0,164 s/sida)"),
        ("money: 2 of 90 wrong, 2.2 % (0.6–7.7 %)", "money: 2 av 90 fel, 2,2 % (0,6–7,7 %)"),
        ("61.8 GiB are free", "61,8 GiB är ledigt"),
        ("11 ok, 4 partial, 1 failed", "11 ok, 4 delvis, 1 oläst"),
    ],
)  # fmt: skip
def test_figures_of_a_run_have_a_decimal_comma_in_swedish_and_a_point_in_english(said, read):
    assert in_swedish(said) == read
    assert in_english(said.replace("1 documents", "1 document")) == said.replace("1 documents", "1 document")


def test_accuracy_is_told_with_a_decimal_comma():
    assert "." not in in_swedish(gold_line()).replace("method.md", "")


def test_every_doubt_is_told_in_swedish_alone_and_beside_others():
    assert {doubt.name for doubt in known_doubts().values()} - set(words_of("doubt")) == set()
    several = list(doubts().items())[:5]
    assert in_swedish("; ".join(english for english, _ in several)) == "; ".join(swedish for _, swedish in several)
    assert [doubt for doubt, swedish in doubts().items() if in_swedish(doubt) != swedish] == []


def test_a_finding_is_told_in_swedish_whatever_stands_before_it():
    message = (
        "The table 'Balans: resultat' can be read differently (another way: reads otherwise, 1 cells); "
        "the grid that was kept is little better. Compare it with the page."
    )
    finding = Finding("a, b.pdf", "problem", "engines_disagree", "warning", 18, None, None, message)
    choose(["--lang", "sv"], {})
    try:
        assert finding.told == f"a, b.pdf, sidan 18: engines_disagree: {in_swedish(message)}"
        assert not ENGLISH_WORDS.search(finding.told)
    finally:
        choose(["--lang", "en"], {})
    assert finding.told.endswith("(another way: reads otherwise, 1 cell); " + message.partition("; ")[2])


def test_a_word_of_many_follows_a_number_alone():
    assert in_swedish("Words that stand for no value") == "Words that stand for no value"


def test_how_a_report_was_read_is_told_in_swedish(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"")
    (tmp_path / "b.txt").write_text("Socialnämnden\n\nIngen tabell här.\n", encoding="utf-8")
    run = ["extract", str(tmp_path), "--out", str(tmp_path / "o"), "--jobs", "1", "--lang", "sv"]
    for said in (spoken(*run).stdout, spoken(*run).stdout):
        assert (
            "oläst    a.pdf: är tom; hämta" in said
            and ", 1 oläst\n" in said
            and "failed" not in said
            and "partial" not in said
        )
    assert "Visa detta och avsluta." in spoken("extract", "--help", "--lang", "sv").stdout


def test_a_path_that_the_system_refuses_is_a_line_in_swedish(tmp_path):
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    with pytest.raises(OSError) as refused:
        (tmp_path / "a.txt" / "report").mkdir()
    said = in_swedish(str(why_refused(refused.value)))
    assert said.startswith(f"{tmp_path}/a.txt/report kan inte användas (en del av sökvägen är ingen mapp). Se efter")


@pytest.mark.parametrize("word", ["a\x00b", "\x00"])
def test_a_word_with_a_mark_that_no_dictionary_holds_is_unknown(word):
    assert not is_known(word)


def test_what_a_change_did_is_told_in_swedish_and_its_values_stay():
    said = "  changed   budget_values: Drift | Hemtjänst | forecast: value 1.0 → 2.0"
    assert in_swedish(said) == "  ändrades  budget_values: Drift | Hemtjänst | forecast: value 1.0 → 2.0"
