"""Confidence must mean something: what it was worth on the example corpus, and how that is counted."""

from pathlib import Path

from namndata.cli import calibration_line
from namndata.evaluate.calibration import calibrate
from namndata.evaluate.corpus import evaluate_corpus

GOLD = Path(__file__).parent / "gold"
LEAST_RIGHT = 0.995
"""Share of trusted values that are right."""
LEAST_FOUND = 0.5
"""Share of the errors that the first tenth of the review list holds."""
FEW_ERRORS = 5
"""Fewer errors than this say nothing about their order."""


def test_trusted_values_of_the_example_corpus_are_right_and_errors_are_reviewed_first(example):
    calibration = evaluate_corpus(example, GOLD).calibration
    assert calibration.values > 1500
    assert calibration.trusted > 0.75 * calibration.values
    assert calibration.right_when_trusted >= LEAST_RIGHT
    assert calibration.errors < FEW_ERRORS or calibration.found_by_review >= LEAST_FOUND


def test_of_no_values_nothing_is_said_to_be_right():
    nothing = calibrate([])
    assert (nothing.right_when_trusted, nothing.found_by_review) == (None, None)
    assert "right" not in calibration_line(nothing)
    assert "0 of 1 values at 0.95 or above, none to judge" in calibration_line(calibrate([(0.5, True)]))


def test_errors_are_counted_among_trusted_values_and_on_top_of_the_list():
    sure = [(1.0, True)] * 17 + [(0.95, False)]
    doubtful = [(0.3, False), (0.9, True)]
    calibration = calibrate([*sure, *doubtful])
    assert (calibration.values, calibration.errors) == (20, 2)
    assert (calibration.trusted, calibration.trusted_errors) == (18, 1)
    assert calibration.errors_in_review == 1
    assert calibration.found_by_review == 0.5


def test_among_equals_an_error_is_not_found_by_luck():
    assert calibrate([(1.0, False), *[(1.0, True)] * 19]).errors_in_review == 0


def test_without_errors_the_review_misses_nothing():
    calibration = calibrate([(1.0, True)])
    assert (calibration.right_when_trusted, calibration.found_by_review) == (1.0, None)
    assert "1 of 1 values at 0.95 or above, 1.0000 of them right" in calibration_line(calibration)
