"""The coloured disc that stands for a person: the platforms show the end of a Chinese name."""

from zlib import crc32

HUES = 10
"""Colours in `avatar.css`."""


def initials(name: str) -> str:
    """王小明 → 小明, Zhang San → ZS, and never empty."""
    words = name.split()
    if name.isascii():
        return "".join(word[0] for word in words[:2]).upper() or "?"
    return (words[-1] if words else "?")[-2:]


def hue(person: str) -> int:
    """Which of the colours: always the same for the same person, on every start."""
    return crc32(person.encode()) % HUES
