"""The card of a delegation: somebody is asked to act for somebody away, who may call it off."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.action import Action, Verb
from cards.card import Button, Card, Style, Tone
from cards.markdown import body
from cards.words import Words
from planning.people.delegation import Delegation, DelegationState

_TONES = {
    DelegationState.ASKED: Tone.WARN,
    DelegationState.ACCEPTED: Tone.SUCCESS,
}


@dataclass(frozen=True, slots=True)
class DelegationView:
    delegation: Delegation
    state: DelegationState
    name: str
    """Of the one who is away."""
    deputy: str
    words: Words
    waiting: Sequence[str] = ()
    """Requests that wait for the one who is away, and that the deputy may decide."""

    @property
    def what(self) -> str:
        return self._say("leave.what")

    @property
    def standing(self) -> str:
        return self._say(f"leave.what-{self.state.value}")

    def _say(self, key: str) -> str:
        days = {"first": self.delegation.first, "last": self.delegation.last}
        return self.words(key, name=self.name, deputy=self.deputy, **days)


def delegation_card(view: DelegationView, card_id: str, readers: frozenset[str]) -> Card:
    """The card as it shows to `readers`: the deputy answers on it, the one who is away calls it off."""
    words = view.words
    names = {"name": view.name, "deputy": view.deputy}
    return Card(
        title=words("leave.title", **names),
        status=words(f"status.delegation-{view.state.value}", **names),
        tone=_TONES.get(view.state, Tone.MUTED),
        body=body(words.locale, "delegation", view=view),
        summary=f"{view.what}{view.standing}",
        buttons=tuple(_buttons(view, card_id, readers)),
    )


def _buttons(view: DelegationView, card_id: str, readers: frozenset[str]) -> list[Button]:
    def button(key: str, verb: Verb, style: Style = Style.DEFAULT) -> Button:
        return Button(view.words(f"button.{key}"), Action(card_id, verb), style)

    deputys, own = view.delegation.deputy in readers, view.delegation.person in readers
    match view.state:
        case DelegationState.ASKED:
            asked = [button("accept", Verb.ACCEPT, Style.PRIMARY), button("decline", Verb.DECLINE)] if deputys else []
            return [*asked, *([button("call-off", Verb.CALL_OFF)] if own else [])]
        case DelegationState.ACCEPTED:
            steps_down = [button("step-down", Verb.DECLINE)] if deputys else []
            return [*steps_down, *([button("call-off", Verb.CALL_OFF)] if own else [])]
        case _:
            return []
