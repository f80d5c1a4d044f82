"""Shows in the terminal how far a run is: a bar where there is one, a line a minute where there is none."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from namndata.language.chosen import say
from namndata.progress.reached import Reached
from namndata.progress.sizes import Size
from namndata.run.batch import Place

FIRST_SECONDS = 5.0
"""After which the time that is left is said: before, the first pages have told too little."""
BETWEEN_LINES = 60.0
"""Seconds between lines where no bar can be shown, as in logs."""
BETWEEN_LOOKS = 0.1
"""Seconds between changes of the bar: nobody sees more, and each takes as long as reading a line of a page."""
BAR_WIDTH = 16
"""Characters, so that a line of a narrow terminal (80) has room for pages, reports and the time that is left."""
WHOLE_RUN = 24 * 3600.0
"""Seconds over which the speed is taken: pages differ too much for a short while to tell."""


@dataclass(slots=True)
class Shown:
    """The progress of a run in a terminal."""

    console: Console
    bar: Progress = field(init=False)
    task: TaskID = field(init=False)
    todo: int = 0
    reached: Reached = field(default_factory=lambda: Reached({}))
    last_line: float = field(default_factory=time.monotonic)
    last_look: float = 0.0

    def __post_init__(self) -> None:
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(BAR_WIDTH),
            TextColumn("{task.fields[said]}"),
            console=self.console,
            auto_refresh=False,  # its thread would be forked into the workers
            transient=True,
            speed_estimate_period=WHOLE_RUN,
        )
        self.task = self.bar.add_task(say("Reading"), total=None, visible=False, said="")

    def sized(self, sizes: Mapping[str, Size]) -> None:
        """Begin, once it is known how much there is to read."""
        self.reached, self.todo = Reached(sizes), len(sizes)
        self.bar.reset(self.task, total=self.reached.all_effort)
        self.show()

    def at(self, document: str, place: Place) -> None:
        """Show that a page is begun."""
        self.reached.at(document, place)
        if time.monotonic() > self.last_look + BETWEEN_LOOKS:
            self.show()

    def done(self, document: str) -> None:
        """Show that a document is done."""
        self.reached.done(document)
        self.show()

    def writing(self) -> None:
        """Show that all is read and the corpus is written; how long that takes is not known."""
        self.bar.update(self.task, description=say("Writing the corpus"), said=say(self.counts()), refresh=True)

    def show(self) -> None:
        """Show how far it is now."""
        self.last_look = time.monotonic()
        self.bar.update(self.task, completed=self.reached.effort, visible=True)
        self.bar.update(self.task, said=say(self.said()), refresh=True)
        if not self.console.is_terminal and time.monotonic() > self.last_line + BETWEEN_LINES:
            self.console.print(f"{self.said()}.")
            self.last_line = time.monotonic()

    def said(self) -> str:
        """Return how far it is, in words."""
        task = self.bar.tasks[self.task]
        if (task.elapsed or 0) < FIRST_SECONDS or task.time_remaining is None:
            return self.counts()
        return f"{self.counts()}, {span(task.time_remaining)} left"

    def counts(self) -> str:
        """Return how many pages and reports are done."""
        reached = self.reached
        return f"{reached.pages} of {reached.all_pages} pages, {reached.reports} of {self.todo} reports"

    def kept(self) -> str:
        """Return what is kept of a run that was interrupted."""
        if not self.reached.reports:
            return "Interrupted. The corpus is as it was."
        read = f"{self.reached.reports} of {self.todo} reports were read"
        return f"Interrupted. The corpus is as it was; {read} and are kept for the next run."


def span(seconds: float) -> str:
    """Return a time in words, no finer than it can be foretold."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
