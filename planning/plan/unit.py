"""Units of quantities: of some only whole pieces can be had."""

COUNTED = frozenset(
    "件 台 套 个 個 只 隻 块 片 张 根 支 条 枚 把 辆 部 双 对 副 颗 粒 "
    "pc pcs piece pieces set sets ea each unit units".split()
)


def is_counted(unit: str) -> bool:
    """True where half of it is none; a unit that is not known is measured."""
    return unit.strip().casefold().rstrip(".") in COUNTED
