"""Under which rules a change request was submitted: copied into it, so that rules changed later leave it as it was
(edge case 11)."""

from dataclasses import dataclass, replace

from planning.fences import Breach, special_approvals
from planning.impact import Impact
from planning.organisation import Organisation
from planning.shadow import NO_SHADE, Shade

AFFECTED = "affected"
"""Among approvals: every department the effect touches."""
ROLE = "role:"
"""`role:coordinator`: anybody with that role, whatever their department."""
DEPARTMENT = "department:"
"""A department's id may be written with this in front."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How one of the `approvals` is asked. `needs`: how many have to approve, EVERYONE for all of them."""

    who: str
    needs: int = 1
    optional: bool = False


EVERYONE = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """`approvals` are who decides (AFFECTED, department ids, `role:…`), `inform` departments that are told besides;
    `deadline_hours` how long they have (None: as the settings say). `why` is the condition that held."""

    rule: str = ""
    """The trigger rule's id; empty: none fired."""
    why: str = ""
    approvals: tuple[str, ...] = (AFFECTED,)
    inform: tuple[str, ...] = ()
    deadline_hours: int | None = None
    breaches: tuple[Breach, ...] = ()
    """The fences it was found inside when it was submitted, and when it was last looked at."""
    terms: tuple[Terms, ...] = ()
    """Of approvals that are not asked in the ordinary way (one of them decides, and is waited for)."""
    ratify_hours: int | None = None
    """An emergency is in effect at once and has so long to be ratified; None: it is approved first."""
    shade: Shade = NO_SHADE
    """What would be asked and refused besides, were nothing in shadow. `planning.shading` finds it."""

    def terms_of(self, who: str) -> Terms:
        """Its own, else those of AFFECTED for a department the effect touches. A fence's approval is never optional."""
        found = {terms.who: terms for terms in self.terms}
        terms = found.get(who) or (Terms(who) if who in self.approvals else found.get(AFFECTED, Terms(who)))
        return replace(terms, who=who, optional=terms.optional and who not in self.special)

    @property
    def special(self) -> tuple[str, ...]:
        """Whose special approval its fences ask for."""
        return special_approvals(self.breaches)

    @property
    def named(self) -> tuple[str, ...]:
        """Who is asked besides the departments the effect touches, each once."""
        left_out = {AFFECTED, *self.shadowed}
        return tuple(dict.fromkeys(who for who in (*self.approvals, *self.special) if who not in left_out))

    @property
    def shadowed(self) -> tuple[str, ...]:
        """Who is shown what they would be asked, were they not in shadow."""
        return self.shade.unasked

    def asks(self, impact: Impact, organisation: Organisation) -> list[str]:
        """Who has to decide: the departments the effect touches in the order of the settings, nobody's items last,
        then whom rule and fences name besides; who is in shadow is left out."""
        touched = _touched(impact, organisation) if AFFECTED in self.approvals else []
        asked = [who for who in touched if who not in self.shadowed]
        return [*asked, *(who for who in self.named if who not in asked)]


ORDINARY = Policy()
"""No rule, no fence: every department the effect touches is asked."""


def _touched(impact: Impact, organisation: Organisation) -> list[str]:
    known = list(organisation.departments)
    touched = sorted(impact.departments, key=lambda d: (known.index(d) if d in known else len(known), d))
    return [*touched, ""] if impact.unowned or not touched else touched


def approver_key(word: str) -> str:
    """How an approval is kept: `role:coordinator`, or a department's bare id."""
    return word.removeprefix(DEPARTMENT)
