"""The bytes of a text file → its text, whatever it is encoded in."""

from __future__ import annotations

from schema.problem import Problem, UnreadableDocument

LOST = "\ufffd"
"""Stands for bytes that are no text."""
STRAY_SHARE = 0.2
"""Letters beyond ASCII are nearly all lost where Windows text is read as UTF-8, and hardly any in damaged UTF-8."""


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Decode a text file, with a problem where characters may be wrong."""
    text, encoding = decode_text(data)
    if encoding == "cp1252":
        message = "The file is not UTF-8; it was read as Windows-1252. Save it as UTF-8 to be sure."
        return text, (Problem("read", "not_utf8", message),)
    if encoding == "utf-8" and LOST in text and LOST.encode() not in data:
        message = f"{text.count(LOST)} letters of the file are no UTF-8 and lost. Save it as UTF-8 again."
        return text, (Problem("read", "not_utf8", message),)
    return text, ()


def decode_text(data: bytes) -> tuple[str, str]:
    """The text of a file and its encoding: UTF-8, UTF-16 with its mark or, failing those, Windows' Western one.

    A few stray bytes do not make UTF-8 another encoding: they become the replacement character.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decode(data, "utf-16"), "utf-16"
    text = data.decode("utf-8-sig", errors="replace")
    lost = text.count(LOST)
    if not lost or lost <= STRAY_SHARE * sum(ord(character) >= 128 for character in text):
        return text, "utf-8"
    return _decode(data, "cp1252"), "cp1252"


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = "is neither UTF-8 nor Windows text; save it as UTF-8 text or PDF"
        raise UnreadableDocument("undecodable", message) from error
