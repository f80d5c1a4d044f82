"""Runs the stages over an archive of reports and writes the corpus database."""

__version__ = "0.1.0"
