"""What a reading depends on besides the document, told so that two machines can be compared."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import version

from namndata.run.fingerprint import SOURCE_FOLDER, libraries, name_of, source_files
from namndata.run.stages import ALL_MODULES

CODE = "namndata's code"
Versions = Mapping[str, str]


def versions() -> Versions:
    """Return the versions of Python and the libraries, and a hash of our code and shipped word lists."""
    digest = hashlib.sha256()
    for path in sorted(path for path in source_files(ALL_MODULES) if path.is_relative_to(SOURCE_FOLDER)):
        digest.update(name_of(path).encode() + path.read_bytes())
    known = {library: version(library) for library in sorted(libraries(ALL_MODULES))}
    return {"Python": sys.version, **known, CODE: digest.hexdigest()[:12]}


def question() -> Callable[[], tuple[Versions | None, str]]:
    """Return a function that a worker can run without namndata: its versions, or why it has none.

    A function within a function is sent as it is; one of a module would be looked for on the worker.
    """

    def answer() -> tuple[Versions | None, str]:
        try:
            from namndata.cluster.versions import versions

            return versions(), ""
        except Exception as error:
            return None, f"{type(error).__name__}: {error}"

    return answer


def why_refused(answer: object, own: Versions) -> str:
    """Return why a worker that answered so may not read, as the end of a sentence; empty where it may."""
    if not isinstance(answer, tuple):
        return f"does not answer ({answer!r})"
    theirs, reason = answer
    if theirs is None:
        return f"has no namndata like the one here ({reason})"
    names = sorted(name for name in {*own, *theirs} if own.get(name) != theirs.get(name))
    other = (f"{name} {theirs.get(name, 'missing')}, here {own.get(name, 'missing')}" for name in names)
    return f"has other versions ({'; '.join(other)})" if names else ""
