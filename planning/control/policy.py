"""The policy a change request was submitted under: copied into it, so that rules changed later leave it as it was
(edge case 11)."""

from dataclasses import dataclass
from datetime import date

from planning.control.fences import Breach, special_approvals
from planning.control.shadow import NO_SHADE, Shade
from planning.people.organisation import Organisation
from planning.plan.impact import Impact

AFFECTED = "affected"
"""Among approvals: every department the effect touches."""
DEPARTMENT = "department:"
"""A department's id may be written with this in front."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms on which one of the `approvals` is asked. `needs`: the number who have to approve, EVERYONE for all of
    them; None: as the department ordinarily does. `any_deputy`: who was named by somebody away decides for them,
    whatever their role."""

    who: str
    needs: int | None = None
    optional: bool = False
    any_deputy: bool = False

    @property
    def firmness(self) -> tuple[bool, bool, int, bool]:
        """A key that is greater for terms that ask for more."""
        return not self.optional, self.needs == EVERYONE, self.needs or 0, not self.any_deputy


EVERYONE = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """`approvals` decide (AFFECTED, department ids, `role:…`), within `deadline_hours` (None: as the settings say);
    `inform` are departments told besides. `why` is the condition that held."""

    rule: str = ""
    """The trigger rule's id; empty: none fired."""
    why: str = ""
    approvals: tuple[str, ...] = (AFFECTED,)
    inform: tuple[str, ...] = ()
    deadline_hours: int | None = None
    breaches: tuple[Breach, ...] = ()
    """The fences it was found inside when it was submitted, and when it was last looked at."""
    terms: tuple[Terms, ...] = ()
    """Terms of the approvals not asked in the ordinary way (as the department does, and waited for)."""
    ratify_hours: int | None = None
    """An emergency is in effect at once and has so long to be ratified; None: it is approved first."""
    urgent: bool = False
    """The proposer asks for the emergency way through a fence: the coordinator has to approve that, too."""
    way_out: date | None = None
    """The earliest start with which the wish would touch no fence; None: there is none, or none is needed."""
    sliced: str = ""
    """The standard rule that would hold for this step alone; together with what went before unasked it does not."""
    shade: Shade = NO_SHADE
    """The questions and refusals there would be besides, were nothing in shadow (`planning.control.shading`)."""

    def terms_of(self, who: str, affected: bool = False) -> Terms:
        """The terms of somebody whom `approvals` name, or whom the effect touches (`affected`).

        Their own terms win over those of AFFECTED. Nobody is optional whom a fence requires, or whom the effect touches
        where the affected are required.
        """
        found = {terms.who: terms for terms in self.terms}
        everybody = found.get(AFFECTED, Terms(AFFECTED)) if AFFECTED in self.approvals else None
        terms = found.get(who) or (Terms(who) if who in self.named else everybody or Terms(who))
        required = who in self.special or (affected and everybody is not None and not everybody.optional)
        return Terms(who, terms.needs, terms.optional and not required, terms.any_deputy)

    @property
    def special(self) -> tuple[str, ...]:
        """Everybody whose special approval its fences ask for."""
        return special_approvals(self.breaches)

    @property
    def named(self) -> tuple[str, ...]:
        """Everybody asked besides the departments the effect touches, each once."""
        left_out = {AFFECTED, *self.shadowed}
        return tuple(dict.fromkeys(who for who in (*self.approvals, *self.special) if who not in left_out))

    @property
    def shadowed(self) -> tuple[str, ...]:
        """Everybody in shadow, shown what they would be asked."""
        return self.shade.unasked

    def asks(self, impact: Impact, organisation: Organisation) -> list[str]:
        """The deciders: departments the effect touches, in the order of the settings and nobody's items last, then
        those rule and fences name besides; nobody in shadow."""
        touched = self.touched(impact, organisation)
        return [*touched, *(who for who in self.named if who not in touched)]

    def touched(self, impact: Impact, organisation: Organisation) -> list[str]:
        """Departments asked because the effect touches them."""
        touched = _touched(impact, organisation) if AFFECTED in self.approvals else []
        return [who for who in touched if who not in self.shadowed]


ORDINARY = Policy()
"""No rule, no fence: every department the effect touches is asked."""


def _touched(impact: Impact, organisation: Organisation) -> list[str]:
    known = list(organisation.departments)
    touched = sorted(impact.departments, key=lambda d: (known.index(d) if d in known else len(known), d))
    return [*touched, ""] if impact.unowned or not touched else touched


def approver_key(word: str) -> str:
    """The form an approval is kept in: `role:coordinator`, or a department's bare id."""
    return word.removeprefix(DEPARTMENT)
