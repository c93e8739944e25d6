"""A rule's condition as a sentence: 生产单，推后不超过 1 天."""

from collections.abc import Callable, Mapping

from cards.words import Words
from planning.control.condition_reading import AllOf, AnyOf, Compared, Not, Reading, reading
from planning.people.organisation import Organisation

Value = str | int | float

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_COMPARISONS = {"<": "below", "<=": "at-most", ">": "above", ">=": "at-least", "==": "is", "!=": "is-not"}
_COUNTS = ("late_orders", "shortages")


class ConditionWriter:
    """Conditions in the words of one installation."""

    def __init__(self, words: Words, organisation: Organisation) -> None:
        self._words, self._organisation = words, organisation

    def sentence(self, text: str) -> str:
        """The whole condition."""
        return self._say(reading(text))

    def value(self, fact: str, value: Value) -> str:
        """A value of a fact, as people call it."""
        if fact.endswith("department"):
            return self._organisation.department_name(str(value))
        if fact == "today.weekday" and value in range(1, 8):
            return self._words(f"value.weekday.{int(value) - 1}")
        if (key := _key(fact, value)) and self._words.knows(key):
            return self._words(key)
        return f"{value:g}" if isinstance(value, float) else str(value)

    def unit(self, fact: str) -> str:
        """What a number of this fact counts; empty: nothing that has a name."""
        key = f"rule.unit.{fact}"
        return self._words(key) if self._words.knows(key) else ""

    def name(self, fact: str) -> str:
        return self._words(f"rule.fact.{fact}")

    def _say(self, part: Reading) -> str:
        match part:
            case AllOf((Compared("item.type", "==" | "in") as kind, *others)) if others:
                return self._words("rule.of-kind", kind=self._say(kind), part=self._say(AllOf(tuple(others))))
            case AllOf(parts):
                return self._words("rule.comma").join(self._say(each) for each in parts)
            case AnyOf(parts):
                return self._words("rule.or").join(self._inside(each) for each in parts)
            case Not(Compared(sign=sign) as compared) if sign in _OPPOSITE:
                return self._compared(Compared(compared.fact, _OPPOSITE[sign], compared.values))
            case Not(inner):
                return self._words("rule.not", part=self._say(inner))
            case Compared():
                return self._compared(part)
        return self._words("rule.formula")

    def _inside(self, part: Reading) -> str:
        said = self._say(part)
        return self._words("rule.brackets", part=said) if isinstance(part, AllOf) else said

    def _compared(self, one: Compared) -> str:
        wording = _WORDINGS.get(one.fact)
        if wording and one.sign in _COMPARISONS and isinstance(one.values[0], int | float):
            return wording(self._words, one.fact, one.sign, one.values[0])
        told = self._words.list([self.value(one.fact, value) for value in one.values])
        if one.fact in ("item.type", "op") and one.sign in ("==", "in"):
            return told
        if one.sign in _COMPARISONS and isinstance(one.values[0], int | float) and one.fact != "today.weekday":
            key = f"rule.{_COMPARISONS[one.sign]}"
            return self._words(key, name=self.name(one.fact), n=told, unit=self.unit(one.fact)).strip()
        signs: Mapping[str, str] = {"==": "is", "in": "among", "has": "is", "!=": "is-not"}
        return self._words(f"rule.text.{signs.get(one.sign, one.sign)}", name=self.name(one.fact), value=told)


def _key(fact: str, value: Value) -> str:
    """Key of the words for a value; empty: it has none."""
    match fact:
        case "item.type":
            return f"rule.kind.{value}"
        case "kind":
            return f"rule.reported.{value}"
        case "item.status":
            return f"value.status.{value}"
        case "item.zone":
            return f"value.zone.{value}"
        case "op":
            return f"rule.op.{value}"
        case "reason_code":
            return f"value.reason-code.{value}"
        case "proposer.roles":
            return f"approver.role.{value}"
    return ""


def _days(words: Words, fact: str, sign: str, n: Value) -> str:
    """Signed working days: later above nought, earlier below."""
    days = int(n)
    if days == 0:
        return words(f"rule.days.zero.{_COMPARISONS[sign]}")
    if (days, sign) in ((1, "<"), (-1, ">")):
        return words("rule.days.zero.at-most" if days > 0 else "rule.days.zero.at-least")
    if days < 0 and sign in ("<", "<=", ">", ">="):  # fewer days earlier is more
        return words(f"rule.days.earlier.{_COMPARISONS[sign.translate(str.maketrans('<>', '><'))]}", n=-days)
    return words(f"rule.days.{'later' if days > 0 else 'earlier'}.{_COMPARISONS[sign]}", n=abs(days))


def _count(words: Words, fact: str, sign: str, n: Value) -> str:
    """Orders late, materials short: none and some have words of their own."""
    if (sign, n) in (("==", 0), ("<=", 0), ("<", 1)):
        return words(f"rule.none.{fact}")
    if (sign, n) in ((">", 0), (">=", 1), ("!=", 0)):
        return words(f"rule.some.{fact}")
    unit = words(f"rule.unit.{fact}")
    return words(f"rule.{_COMPARISONS[sign]}", name=words(f"rule.fact.{fact}"), n=n, unit=unit)


def _ratio(words: Words, fact: str, sign: str, n: Value) -> str:
    """Quantity after by before: 1.2 is a fifth more."""
    percent = round((float(n) - 1) * 100, 6)
    if percent == 0:
        return words(f"rule.ratio.same.{_COMPARISONS[sign]}")
    sign = sign if percent > 0 else sign.translate(str.maketrans("<>", "><"))
    return words(f"rule.ratio.{'more' if percent > 0 else 'less'}.{_COMPARISONS[sign]}", n=f"{abs(percent):g}")


_WORDINGS: Mapping[str, Callable[[Words, str, str, Value], str]] = {
    "days": _days, "quantity.ratio": _ratio, **dict.fromkeys(_COUNTS, _count),
}  # fmt: skip
