"""Sets drawn values beside what people decided on them: how many are wrong, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from namndata.beside import read_lines
from namndata.corrections.lines import CORRECTIONS, NEEDED, NO, PRINTED, means
from namndata.sample.draw import BANDS, Drawn, read_sample

ACCEPTED = "accepted"
NORMAL_95 = 1.959964
"""Standard deviations on either side that hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of some judged values are wrong, with the 95 % interval of the share (Wilson)."""

    name: str
    judged: int
    wrong: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of wrong values."""
        return self.wrong / self.judged if self.judged else 0.0

    def line(self) -> str:
        """Return it in one line: `money: 2 of 90 wrong, 2.2 % (0.6–7.7 %)`."""
        of = f"{self.name}: " if self.name else ""
        interval = f"{100 * self.low:.1f}–{100 * self.high:.1f} %"
        return f"{of}{self.wrong} of {self.judged} wrong, {100 * self.share:.1f} % ({interval})"


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a corpus's errors."""

    drawn: int
    whole: Rate
    by_kind: tuple[Rate, ...]
    by_band: tuple[Rate, ...]


def measure_errors(reports: Path) -> Measured | None:
    """Return the error rates of a corpus by its sample.csv and corrections.csv; None where nothing was drawn."""
    drawn = read_sample(reports)
    if not drawn:
        return None
    verdicts = read_verdicts(reports)
    judged = [(value, verdict) for value in drawn if (verdict := verdict_on(value, verdicts)) is not None]
    order = [name for _, name in BANDS]
    return Measured(
        len(drawn),
        rate("", [wrong for _, wrong in judged]),
        rates((value.kind, wrong) for value, wrong in judged),
        tuple(sorted(rates((value.band, wrong) for value, wrong in judged), key=lambda rate: order.index(rate.name))),
    )


def read_verdicts(reports: Path) -> Mapping[tuple[str, ...], bool]:
    """Return, by id and by what is printed, whether people found a value wrong."""
    verdicts: dict[tuple[str, ...], bool] = {}
    for line in read_lines(reports / CORRECTIONS, NEEDED):
        accepts = line.values.get("field") == ACCEPTED and means(line.values.get("value") or "") != NO
        for key in (tuple(line.values.get(name) or "" for name in PRINTED), (line.values.get("value_id") or "",)):
            verdicts[key] = verdicts.get(key, False) or not accepts
    return verdicts


def verdict_on(value: Drawn, verdicts: Mapping[tuple[str, ...], bool]) -> bool | None:
    """Return whether a drawn value is wrong; None where nobody judged it."""
    by_id = verdicts.get((value.value_id,))
    return verdicts.get(value.anchor) if by_id is None else by_id


def rates(judged: Iterable[tuple[str, bool]]) -> tuple[Rate, ...]:
    """Return the rate of each name, by name."""
    groups: dict[str, list[bool]] = {}
    for name, wrong in judged:
        groups.setdefault(name, []).append(wrong)
    return tuple(rate(name, groups[name]) for name in sorted(groups))


def rate(name: str, wrong: list[bool]) -> Rate:
    """Return how many are wrong, with the interval."""
    return Rate(name, len(wrong), sum(wrong), *wilson(sum(wrong), len(wrong)))


def wilson(wrong: int, judged: int) -> tuple[float, float]:
    """Return the 95 % interval of a share by Wilson's score, which holds also where none or few are wrong."""
    if not judged:
        return 0.0, 1.0
    share, square = wrong / judged, NORMAL_95**2 / judged
    middle = (share + square / 2) / (1 + square)
    reach = NORMAL_95 * (share * (1 - share) / judged + square / (4 * judged)) ** 0.5 / (1 + square)
    return max(0.0, middle - reach), min(1.0, middle + reach)
