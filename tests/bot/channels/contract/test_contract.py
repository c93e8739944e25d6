"""What the product asks of every way to people, and what people get on every one of them.

One set of cases. A case is skipped only where a trait says that a platform cannot do it: the last test compares what
was skipped with the traits.
"""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.painter import MOST_BYTES
from bot.finding import Mark
from cards.words import Words
from handlers.events import WORDLESS
from planning.change.change import ChangeState
from planning.trail.audit import Kind
from sandbox.world import ClickOutcome, Quote, Quoted
from tests.bot.channels.contract.conftest import PLAYED, SKIPPED
from tests.bot.channels.contract.play import Play, written
from tests.bot.channels.contract.stages import STAGES
from tests.small_company import NOW


def needs(trait: str) -> pytest.MarkDecorator:
    return pytest.mark.needs(trait)


class TestComingIn:
    async def test_what_is_said_is_heard_once_and_answered_once(self, play: Play) -> None:
        await play.say("待办")
        await play.until(lambda: play.answers)
        await play.quiet()
        assert (await play.events(), len(play.answers)) == (1, 1)
        assert play.stage.world.refusals == []

    async def test_a_repeated_delivery_is_the_same_event(self, play: Play) -> None:
        await play.say("待办")
        await play.until(lambda: play.answers)
        await play.stage.again()
        await play.say("待办")
        await play.until(lambda: len(play.answers) > 1)
        await play.quiet()
        assert (await play.events(), len(play.answers)) == (2, 2)

    @needs("tries_again")
    async def test_what_could_not_be_written_down_comes_again(self, play: Play) -> None:
        play.gate.failures = 2
        await play.say("待办")
        await play.until(lambda: play.answers)
        await play.quiet()
        assert (await play.events(), len(play.answers)) == (1, 1)

    @needs("acknowledges")
    async def test_a_message_is_acknowledged_once_it_is_durable(self, play: Play) -> None:
        play.gate.open.clear()
        saying = asyncio.create_task(play.say("待办"))
        await play.eventually(lambda: play.gate.entered)
        assert not play.stage.taken(saying)
        assert await play.events() == 0
        play.gate.open.set()
        await play.eventually(lambda: play.stage.taken(saying))
        assert await play.events() == 1
        await saying

    async def test_garbage_does_no_harm(self, play: Play) -> None:
        await play.stage.garbage()
        assert await play.events() == 0
        await play.say("待办")
        await play.until(lambda: play.answers)
        assert await play.events() == 1

    @needs("keeps_connection")
    async def test_a_broken_connection_comes_back(self, play: Play) -> None:
        (channel,) = play.service.channels.values()
        await play.stage.cut()
        await play.eventually(lambda: not play.stage.connected() or channel.trouble())
        await play.eventually(lambda: play.stage.connected() and not channel.trouble())
        await play.say("待办")
        await play.until(lambda: play.answers)


class TestWhatIsBesideTheWords:
    @needs("hands_over_quotes")
    async def test_what_is_quoted_counts_wherever_its_words_are(self, play: Play) -> None:
        for kind in Quoted:
            answer = await play.answer_to("催办 本单", quoting=Quote(kind, "请看 CR-20261123-009"))
            quoted = play.gate.heard[-1].quoted
            assert "CR-20200101" not in quoted, "an address is no word"
            if kind is Quoted.SEALED_CARD:
                assert (quoted, "CR-20261123-009" in answer) == (WORDLESS, False)
            else:
                assert "CR-20261123-009" in quoted, kind
                assert "CR-20261123-009" in answer, kind

    async def test_without_a_quote_there_is_none(self, play: Play) -> None:
        await play.answer_to("待办")
        assert play.gate.heard[-1].quoted == ""

    @needs("groups")
    async def test_who_is_mentioned_is_named(self, play: Play) -> None:
        for text in ("代理 @王五 12-01~12-05", "代理 12-01~12-05 @王五", "@王五 代理 12-01~12-05"):
            assert "王五" in await play.answer_to(text)
        (leave,) = await play.service.database.read(lambda uow: uow.delegations.of_person("li", NOW.date()))
        assert (leave.deputy, leave.first.isoformat(), leave.last.isoformat()) == ("wang", "2026-12-01", "2026-12-05")

    @needs("groups")
    async def test_who_is_mentioned_and_unknown_is_told(self, play: Play) -> None:
        assert "不在通盘的人员名单里" in await play.answer_to("代理 @路人 12-01~12-05")

    @needs("groups")
    async def test_the_name_of_the_bot_is_no_word_wherever_it_stands(self, play: Play) -> None:
        robot = play.stage.robot
        plain = await play.answer_to("查计划 MO-1")
        for text in (f"@{robot} 查计划 MO-1", f"@{robot}查计划 MO-1", f"查计划 @{robot} MO-1", f"查计划 MO-1 @{robot}"):
            assert await play.answer_to(text) == plain, text
        assert await play.answer_to(f"@王五 @{robot} 查计划 MO-1") == plain

    @needs("groups")
    async def test_its_name_is_known_from_the_first_message_on(self, play: Play) -> None:
        assert "MO-1" in await play.answer_to(f"@{play.stage.robot}查计划MO-1")

    async def test_it_was_said_when_the_platform_says(self, play: Play) -> None:
        said = play.clock.now().replace(microsecond=0) - timedelta(seconds=90)
        play.stage.world.now = lambda: said
        await play.answer_to("待办")
        assert play.gate.heard[-1].at == said

    async def test_nothing_was_said_in_the_future(self, play: Play) -> None:
        play.stage.world.now = lambda: play.clock.now() + timedelta(seconds=150)
        await play.answer_to("待办")
        assert play.gate.heard[-1].at <= play.clock.now()


class TestWhereNoSettingReaches:
    @needs("groups")
    async def test_nothing_is_told_in_a_group_that_no_setting_names(self, play: Play) -> None:
        world, room = play.stage.world, play.stage.strange
        for text in ("查计划 MO-1", "改期 MO-1 推迟1天 因为 物料未到", "早会"):
            await world.say(room, "li", text)
        await play.say("待办")
        await play.until(lambda: play.answers)
        await play.quiet()
        told = [row for row in world.timeline(room) if row.sender == "bot"]
        assert [("单独发消息给我" in row.text, row.card) for row in told] == [(True, None)]
        assert await play.service.database.read(lambda uow: uow.changes.open_ones()) == []


class TestPressing:
    async def test_a_press_is_answered_on_the_card(self, play: Play) -> None:
        card = await play.propose()
        assert await play.press(card, "放弃") is ClickOutcome.ANSWERED
        assert (await play.change()).state is ChangeState.WITHDRAWN
        assert card.face("li").buttons == ()
        assert play.stage.world.refusals == []

    async def test_a_press_on_what_is_over_is_told_so_and_changes_nothing(self, play: Play) -> None:
        card = await play.propose()
        submit = play.action(card, "提交")
        await play.press(card, "放弃")
        await play.quiet()
        over = written(card.face("li"))
        play.later(timedelta(seconds=2))  # two presses on a card in one second are one to some platforms
        assert await play.press_again(card, submit) is ClickOutcome.ANSWERED
        assert (await play.change()).state is ChangeState.WITHDRAWN
        assert (await play.trail())[0] is Kind.CLICK_LATE
        assert written(card.face("li")) != over, "the one who pressed is told why"

    async def test_a_repeated_press_counts_once(self, play: Play) -> None:
        card = await play.propose()
        await play.press(card, "放弃")
        pressed = await play.events()
        await play.stage.again()
        await play.say("待办")
        await play.until(lambda: play.answers)
        assert await play.events() == pressed + 1
        assert (await play.trail()).count(Kind.DISCARDED) == 1

    @needs("groups")
    async def test_what_is_meant_for_one_only_one_sees(self, play: Play) -> None:
        card = await play.propose()
        before = card.face("li")
        assert await play.press(card, "提交", "wang") is ClickOutcome.ANSWERED
        assert written(card.face("wang")) != written(before)
        assert card.face("li") == before
        assert (await play.change()).state is ChangeState.DRAFT

    @needs("groups")
    async def test_what_was_decided_all_see(self, play: Play) -> None:
        await play.press(await play.propose(), "放弃")
        await play.quiet()
        assert play.cards[-1].face("wang").buttons == play.cards[-1].face("li").buttons == ()

    @needs("has_forms")
    async def test_a_reason_is_asked_for_on_the_card(self, play: Play) -> None:
        await play.press(await play.propose(), "提交")
        await play.until(lambda: len(play.cards) == 2)
        asking = [button.text for button in play.cards[1].face("wang").buttons if button.asks]
        await play.press(play.cards[1], asking[0], "wang", input="产线已排满")
        assert (await play.change()).steps[0].decisions[0].comment == "产线已排满"

    @pytest.mark.patience(0.3)
    @needs("speaks_first")
    async def test_an_answer_that_is_lost_is_shown_all_the_same(self, play: Play) -> None:
        card = await play.propose()
        discard = play.action(card, "放弃")
        play.gate.open.clear()
        assert await play.press_again(card, discard) is ClickOutcome.UNANSWERED
        assert card.face("li").buttons != ()
        play.gate.open.set()
        await play.eventually(lambda: play.gate.left > 1)
        play.later(timedelta(minutes=1))
        await play.until(lambda: play.cards[-1].face("li").buttons == ())
        assert (await play.change()).state is ChangeState.WITHDRAWN


class TestGoingOut:
    async def test_doctor_finds_nothing_to_mend(self, play: Play) -> None:
        (found,) = play.service.settings.set_up()
        platform, section = found
        findings = await platform.checks(section, play.service.settings.site(play.clock.now), Words())
        assert [finding.mark for finding in findings] == [Mark.FINE] * len(findings) != []

    @needs("speaks_first")
    async def test_a_card_is_brought_up_to_date_where_it_stands_or_by_another(self, play: Play) -> None:
        await play.propose()
        await play.quiet()
        await play.say("撤回")
        await play.until(lambda: play.cards[-1].face("li").buttons == ())
        await play.quiet()
        assert (await play.change()).state is ChangeState.WITHDRAWN
        in_place = play.stage.traits.updates_in_place or play.stage.traits.updates_once
        assert len(play.cards) == (1 if in_place else 2)

    async def test_a_long_message_keeps_within_the_limits(self, play: Play) -> None:
        text = "\n".join(f"- 第 {n} 行 MO-{n:05} 12-05 → 12-08" for n in range(1000))
        (channel,) = play.service.channels.values()
        play.gate.open.clear()
        saying = asyncio.create_task(play.say("待办"))
        await play.eventually(lambda: play.gate.entered)
        await channel.post(play.stage.room.partition(":")[2], text, "long")
        said = play.answers
        assert max(len(part.encode()) for part in said) <= play.stage.traits.message_bytes
        if play.stage.traits.speaks_first:
            assert "\n".join(said) == text
        else:  # one answer is all there is
            assert said[0].endswith("\n…")
            assert text.startswith(said[0].removesuffix("\n…"))
        assert play.stage.world.refusals == []
        play.gate.open.set()
        await saying


class TestPictures:
    @pytest.mark.parametrize("asked", ["看板", "甘特 MO-1", "board production", "gantt production", "进度 图"])
    async def test_how_things_stand_is_a_picture_or_the_same_in_words(self, play: Play, asked: str) -> None:
        await play.say(asked)
        await play.until(lambda: play.pictures or play.answers)
        await play.quiet()
        if play.stage.traits.picture_bytes:
            assert [picture[:4] for picture in play.pictures] == [b"\x89PNG"]
            assert len(play.pictures[0]) <= MOST_BYTES
            assert play.answers == []
        else:
            (told,) = play.answers
            assert Words()("chart.as-text.no-way") in told
            assert ("生产部" if asked == "进度 图" else "MO-1 耳机组装") in told
        assert play.stage.world.refusals == []


def test_only_what_a_trait_says_was_skipped(request: pytest.FixtureRequest) -> None:
    """Last of all. Compares the process's own reports with the traits: each worker answers for what it was given."""
    skipped, played = (request.session.stash.get(book, set()) for book in (SKIPPED, PLAYED))
    here = [item for item in request.session.items if isinstance(item, pytest.Function) and item.path == request.path]
    wanted = {item.originalname: marker.args[0] for item in here if (marker := item.get_closest_marker("needs"))}
    lacking = {
        (case, stage.name) for case, trait in wanted.items() for stage in STAGES if not getattr(stage.traits, trait)
    }
    print(table(skipped, played, wanted))  # noqa: T201 - to be read with -s
    assert skipped == lacking & (skipped | played)


def table(skipped: set[tuple[str, str]], played: set[tuple[str, str]], wanted: dict[str, str]) -> str:
    """A line for each case that needs a trait, a column for each platform; a dash: another worker's."""
    done = dict.fromkeys(skipped, "skipped") | dict.fromkeys(played, "played")
    names = [stage.name for stage in STAGES]
    lines = [f"{'':72}{'needs':18}" + "".join(f"{name:>22}" for name in names)]
    for case, trait in wanted.items():
        lines.append(f"{case:72}{trait:18}" + "".join(f"{done.get((case, name), '-'):>22}" for name in names))
    return "\n".join(["", *lines])
