"""Colours of departments: a strong one for stripe and name, a tint behind. The name always stands beside them."""

NOBODY = ("#475467", "#f9fafb")
PALETTE = (
    ("#6941c6", "#f9f5ff"),
    ("#c11574", "#fdf2fa"),
    ("#175cd3", "#eff8ff"),
    ("#b93815", "#fef6ee"),
    ("#107569", "#f0fdf9"),
    ("#854a0e", "#fefbe8"),
    ("#026aa2", "#f0f9ff"),
    ("#3e7c17", "#f6fef0"),
    ("#3538cd", "#eef4ff"),
    ("#9e165f", "#fff5f8"),
)
"""Dark enough to be read on white and on their tints (contrast 4.5 and more)."""


def colors(department: int) -> tuple[str, str]:
    return PALETTE[department % len(PALETTE)] if department >= 0 else NOBODY
