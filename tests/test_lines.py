from extract.page.lines import lines_of
from schema.layout import Box, Word


def word(text, x0, *, top=10.0, size=10.0, is_marker=False):
    return Word(text, Box(x0, top, x0 + 5 * len(text), top + size), size, is_marker=is_marker)


def test_words_that_come_once_keep_their_raised_marks():
    words = [word("Familjehem", 50), word("1", 101, top=8, size=6, is_marker=True)]
    assert [line.markers for line in lines_of(w for w in words)] == [("1",)]
