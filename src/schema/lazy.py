"""Properties worked out when first asked for; those of `functools` take a lock each time in Python 3.11."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - used as a decorator, as `property` is
    """A property that is worked out once; its objects are frozen and no two threads share them."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.work, self.name, self.__doc__ = work, work.__name__, work.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> lazy[T]: ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: object | None, kind: type) -> T | lazy[T]:
        """Work it out, and keep it where the object's own attributes are looked for first."""
        if owner is None:
            return self
        value = owner.__dict__[self.name] = self.work(owner)
        return value
