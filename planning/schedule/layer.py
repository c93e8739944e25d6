"""A list seen through changes that are not written into it."""

from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Layer(Generic[T]):
    """Reads `top` first, then `base`. Writing and reading cost the same however long the list is."""

    __slots__ = ("base", "top")

    def __init__(self, base: Sequence[T]) -> None:
        self.base = base
        self.top: dict[int, T] = {}

    def __getitem__(self, index: int, /) -> T:
        top = self.top
        return top[index] if index in top else self.base[index]

    def __setitem__(self, index: int, value: T, /) -> None:
        self.top[index] = value

    def flat(self, length: int) -> list[T]:
        """The list with the changes in it; what lies past its end must all have been set."""
        flat = list(self.base)
        flat.extend(self.top[index] for index in range(len(flat), length))
        for index, value in self.top.items():
            flat[index] = value
        return flat
