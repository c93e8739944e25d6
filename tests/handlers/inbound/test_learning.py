"""What people choose is learnt by this company's bot, and whatever it has learnt it only offers."""

import random
from dataclasses import replace

import pytest

from bot.clock import SystemClock
from bot.current import Current
from bot.learning import Learning
from cards.question import NEITHER, Offer, Question
from handlers.actions.control.forget_choice import forget_choice
from handlers.inbound.speech.choices_learnt import learnt_of
from handlers.kept_speech import KeptSpeech
from handlers.language.speech import model
from handlers.language.speech.intent import Intent
from handlers.language.speech.learnt import MOST, MOST_OF_ONE, Example, learn
from handlers.turn import Turn
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.free_speech.score import NOW
from tests.handlers.inbound.test_free_speech import GROUP, Room

SPEAKERS = ("zhang.haifeng", "liu.yang", "wang.qiang", "han.dong")
MADE = ("MO-2441", "MO-2442", "MO-2431", "MO-2432", "MO-2451", "MO-2452")
JARGON = (
    ("{item}那张牌翻绿", "进度 {item}"), ("{item}翻绿没有", "进度 {item}"), ("瞄一眼{item}翻绿几格", "进度 {item}"),
    ("{item}的缸清了没", "齐套 {item}"), ("{item}清缸", "齐套 {item}"), ("给{item}看下缸清不清", "齐套 {item}"),
)
"""Words of one shop for what everybody else calls otherwise."""


class Shop:
    """People who say it in their own words, press what they mean, and type it where it is not offered."""

    def __init__(self, room: Room) -> None:
        self.room, self.asked = room, 0

    def week(self, number: int, sentences: int = 24) -> tuple[float, float]:
        """Shares of what was meant first, and among three."""
        chance, places = random.Random(number), []
        for _ in range(sentences):
            said, meant = chance.choice(JARGON)
            item = chance.choice(MADE)
            places.append(self.says(said.format(item=item), meant.format(item=item), chance.choice(SPEAKERS)))
        self.learn()
        return tuple(sum(place < most for place in places) / sentences for most in (1, 3))  # type: ignore[return-value]

    def says(self, text: str, meant: str, person: str) -> int:
        """The place of what was meant among what was offered; it leads there in any case."""
        offers = self.room.offers(text, person)
        self.keep(text, offers, meant, person)
        return offers.index(meant) if meant in offers else 99

    def keep(self, text: str, offers: list[str], chosen: str, person: str) -> str:
        self.asked += 1
        id = f"q{self.asked}"
        question = Question(id, GROUP, person, text, "…", tuple(map(Offer, offers)), "", NOW, True, chosen)

        def unit(uow: UnitOfWork) -> None:
            uow.questions.add(question)
            uow.commit()

        self.room.database.write_now(unit)
        return id

    def learn(self) -> None:
        learnt = self.room.database.look(lambda uow: learnt_of(self.turn(uow)))
        self.room.company.environment.speech.keep(self.room.database.plan_id, learnt)

    def turn(self, uow: UnitOfWork) -> Turn:
        return Turn(uow, NOW, self.room.company.environment)


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(Room(database))


def test_its_own_words_are_learnt_within_weeks(shop: Shop) -> None:
    """Measured: of 24 sentences a week in 6 phrasings 17 % were among three in the first week, none first; from the
    second on all were first."""
    weeks = [shop.week(number) for number in range(4)]
    assert weeks[0][0] < 0.5, weeks
    assert weeks[-1][0] >= 0.9, weeks
    assert weeks[-1][1] >= 0.95, weeks


def test_what_is_left_out_is_forgotten(shop: Shop) -> None:
    before = shop.room.offers("MO-2441翻绿没有", "zhang.haifeng")
    ids = [shop.keep("MO-2441翻绿没有", before, "齐套 MO-2441", person) for person in SPEAKERS * 30]
    shop.learn()
    assert shop.room.offers("MO-2441翻绿没有", "zhang.haifeng")[0] == "齐套 MO-2441"

    def unit(uow: UnitOfWork) -> None:
        assert all(forget_choice(shop.turn(uow), id, "wu.fan") for id in ids)
        assert not forget_choice(shop.turn(uow), ids[0], "wu.fan")
        uow.commit()

    shop.room.database.write_now(unit)
    shop.learn()
    assert shop.room.offers("MO-2441翻绿没有", "zhang.haifeng") == before


def test_who_teaches_badly_has_nothing_done(shop: Shop) -> None:
    """What was taught is offered at most to whom may, and a no is offered no yes."""

    def state(uow: UnitOfWork) -> tuple[int, dict[str, int], int]:
        return uow.plans.head(), uow.changes.counts(), uow.reports.last()

    before = shop.room.database.look(state)
    for text, chosen in (("不要同意007", "同意 CR-20261130-007"), ("帮我看看PO-3421", "取消 PO-3421 因为 x")):
        for person in SPEAKERS * 60:
            shop.keep(text, [chosen], chosen, person)
    shop.learn()
    assert not [offer for offer in shop.room.offers("不要同意007") if offer.startswith("同意")]
    assert not [offer for offer in shop.room.offers("帮我看看PO-3421", "gao.jianguo") if offer.startswith("取消")]
    for text in ("不要同意007", "帮我看看PO-3421", "看看PO-3421"):
        shop.room.told(text)
    assert shop.room.database.look(state) == before


def test_after_none_of_it_the_next_command_is_what_was_meant(shop: Shop) -> None:
    id = shop.keep("MO-2441翻绿没有", ["待办"], NEITHER, "zhang.haifeng")
    shop.room.told("进度 MO-2441", "zhang.haifeng")
    found = shop.room.database.look(lambda uow: uow.questions.get(id))
    assert found is not None
    assert found.chosen == "进度 MO-2441"


async def test_every_replica_learns_by_itself(shop: Shop) -> None:
    environment = shop.room.company.environment
    replicas = [Current(replace(environment, speech=KeptSpeech())) for _ in range(2)]
    loops = [Learning(shop.room.database, current, SystemClock()) for current in replicas]
    for person in SPEAKERS * 10:
        shop.keep("MO-2441翻绿没有", [], "进度 MO-2441", person)
    for loop in loops:
        await loop.look()
    plan = shop.room.database.plan_id
    assert [current.latest.speech.of(plan).count for current in replicas] == [40, 40]
    known = replicas[0].latest.speech.of(plan)
    await loops[0].look()
    assert replicas[0].latest.speech.of(plan) is known, "nothing new: nothing is learnt again"


def test_it_is_bounded() -> None:
    one = [Example(number, f"第{number}句", Intent.LOOK, person="li") for number in range(MOST_OF_ONE * 2)]
    many = [Example(number, f"第{number}句", Intent.LOOK, person=str(number % 9)) for number in range(MOST * 2)]
    assert learn(model.load(), one).count == MOST_OF_ONE
    assert learn(model.load(), many).count == MOST


def test_who_contradicts_the_others_changes_little() -> None:
    base = model.load()
    agreed = [Example(number, "缸清了没", Intent.READY, person=str(number)) for number in range(9)]
    one = [Example(99 + number, "缸清了没", Intent.CANCEL, person="x") for number in range(50)]
    ranked = (learnt := learn(base, [*agreed, *one])).heeded(learnt.votes(base, "缸清了没"), base.rank("缸清了没"))
    place = {guess.intent: number for number, guess in enumerate(ranked)}
    assert place[Intent.READY] < place[Intent.CANCEL]
