"""The card of a question: what was understood, and next steps, each one tap."""

import re
from collections.abc import Sequence

from cards.action import Action, Verb
from cards.card import Button, Card, Fact, Style, Tone
from cards.markdown import plain
from cards.question import NEITHER, Offer, Question
from cards.words import Words

_HOLE = re.compile(r"<[^<>]+>")
_NUMBER = re.compile(r"CR-\d{8}-(?=\d{3})")
LABEL = 26
"""Characters of a command on its button; where it is longer the card lists it in full."""


def question_card(question: Question, name: str, words: Words, card_id: str) -> Card:
    """`name`: whom it is for."""
    if not question.is_open:
        return _answered(question, words)
    commands = [
        (str(place), offer) for place, offer in enumerate(question.offers, 1) if not (offer.label or offer.done)
    ]
    labels = _labels(question.offers)
    listed = [
        words("question.done", command=plain(offer.command)) if offer.done else _line(place, offer)
        for place, (offer, label) in enumerate(zip(question.offers, labels, strict=True), 1)
        if offer.done or offer.note or label not in (offer.label, f"{place} {offer.command}")
    ]
    form = str(plain(_HOLE.sub("…", question.form)))
    hint = words("question.or-reply" if question.offers else "question.reply") if question.form else ""
    return Card(
        title=words("question.title"),
        status=words("question.for", name=name) if name else words("question.for-all"),
        tone=Tone.INFO,
        body="\n\n".join(filter(None, (question.sentence, "\n".join(listed), form, hint))),
        summary=" ".join(filter(None, (question.sentence, form, hint))),
        facts=tuple(Fact(place, _fact(offer)) for place, offer in commands),
        buttons=(*_offered(question, card_id), *_others(question, words, card_id)),
    )


def _answered(question: Question, words: Words) -> Card:
    if question.chosen == NEITHER:
        status = words("question.neither")
    else:
        status = words("question.chosen", command=str(plain(question.chosen)))
    text = question.outcome or words("question.said", said=str(plain(question.said)))
    return Card(words("question.title"), status, Tone.MUTED, text, text)


def _offered(question: Question, card_id: str) -> list[Button]:
    first = Style.PRIMARY if question.form == "" else Style.DEFAULT
    return [
        Button(label, Action(card_id, Verb.SAY, str(place), offer.effect), first)
        for place, (offer, label) in enumerate(zip(question.offers, _labels(question.offers), strict=True))
        if not offer.done
    ]


def _others(question: Question, words: Words, card_id: str) -> list[Button]:
    if question.form:
        text = words("button.fill" if question.offers else "button.write")
        return [Button(text, Action(card_id, Verb.FILL), asks=words("button.ask.fill"))]
    return [Button(words("button.neither"), Action(card_id, Verb.NEITHER))] if question.is_guess else []


def _labels(offers: Sequence[Offer]) -> list[str]:
    """What tells the commands apart comes first, for where a button holds ten characters: `1 推迟3天`, `2 推迟4天`."""
    told = [_NUMBER.sub("…", offer.command).split(" ") for offer in offers]
    same = next((place for place, words in enumerate(zip(*told, strict=False)) if len({*words}) > 1), 0)
    same = same if same > 1 else 0  # a verb alone takes no room, and says what the rest is about
    texts = [f"{place} {' '.join(words[same:])}" for place, words in enumerate(told, 1)]
    return [offer.label or _cut(text) for offer, text in zip(offers, texts, strict=True)]


def _cut(text: str) -> str:
    return text if len(text) <= LABEL else f"{text[: LABEL - 1]}…"


def _fact(offer: Offer) -> str:
    return " ".join(filter(None, (_NUMBER.sub("…", offer.command), offer.note)))


def _line(place: int, offer: Offer) -> str:
    note = f" · {plain(offer.note)}" if offer.note else ""
    return f"{place}. {plain(offer.command)}{note}"
