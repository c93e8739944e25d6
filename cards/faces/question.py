"""The card of a question: what was understood, and next steps, each one tap."""

import re

from cards.action import Action, Verb
from cards.card import Button, Card, Fact, Style, Tone
from cards.markdown import plain
from cards.question import NEITHER, Offer, Question
from cards.words import Words

_HOLE = re.compile(r"<[^<>]+>")
LABEL = 26
"""Characters of a command on its button; where it is longer the card lists it in full."""


def question_card(question: Question, name: str, words: Words, card_id: str) -> Card:
    """`name`: whom it is for."""
    if not question.is_open:
        return _answered(question, words)
    commands = [(str(place), offer) for place, offer in enumerate(question.offers, 1) if not offer.label]
    listed = [_line(place, offer) for place, offer in enumerate(question.offers, 1) if _is_listed(offer)]
    form = str(plain(_HOLE.sub("…", question.form)))
    hint = words("question.or-reply" if question.offers else "question.reply") if question.form else ""
    return Card(
        title=words("question.title"),
        status=words("question.for", name=name),
        tone=Tone.INFO,
        body="\n\n".join(filter(None, (question.sentence, "\n".join(listed), form, hint))),
        summary=" ".join(filter(None, (question.sentence, form, hint))),
        facts=tuple(Fact(place, offer.command) for place, offer in commands),
        buttons=(*_offered(question, card_id), *_others(question, words, card_id)),
    )


def _answered(question: Question, words: Words) -> Card:
    if question.chosen == NEITHER:
        status = words("question.neither")
    else:
        status = words("question.chosen", command=str(plain(question.chosen)))
    text = question.outcome or status
    return Card(words("question.title"), status, Tone.MUTED, text, text)


def _offered(question: Question, card_id: str) -> list[Button]:
    first = Style.PRIMARY if question.form == "" else Style.DEFAULT
    return [
        Button(_label(place, offer), Action(card_id, Verb.SAY, str(place - 1), offer.effect), first)
        for place, offer in enumerate(question.offers, 1)
    ]


def _others(question: Question, words: Words, card_id: str) -> list[Button]:
    if question.form:
        text = words("button.fill" if question.offers else "button.write")
        return [Button(text, Action(card_id, Verb.FILL), asks=words("button.ask.fill"))]
    return [Button(words("button.neither"), Action(card_id, Verb.NEITHER))]


def _label(place: int, offer: Offer) -> str:
    if offer.label:
        return offer.label
    numbered = f"{place} {offer.command}"
    return numbered if len(numbered) <= LABEL else f"{numbered[: LABEL - 1]}…"


def _is_listed(offer: Offer) -> bool:
    return bool(offer.note) or (not offer.label and len(offer.command) + 2 > LABEL)


def _line(place: int, offer: Offer) -> str:
    note = f" · {plain(offer.note)}" if offer.note else ""
    return f"{place}. {plain(offer.command)}{note}"
