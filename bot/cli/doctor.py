"""`run.py doctor`: everything looked at, and with --send a card to a department whose click comes back.

The card goes out through the bot that serves: it is asked at its own address, with a key that only the platforms'
secrets make. Where none serves, the bot serves for as long as the click is waited for.
"""

import time
from collections.abc import Iterator
from typing import Annotated, Self
from urllib.parse import quote

import httpx
import typer

from bot.check_card import PATH, State, key_of
from bot.cli.common import DEFAULT, WRONG_USAGE, Config, Failed, OfPlan, database_place, ready_tables, say, started
from bot.finding import Finding, Mark
from bot.settings import Settings
from cards.words import Words
from planning.control.settings_request import Standing

LOOKS_AGAIN = 0.5
"""Seconds between two looks at the card."""
ANSWERS_IN = 30.0
"""Seconds the bot may take to answer: it may be starting."""
GRACE = 5
"""Seconds beyond the wait, until the bot itself says that nobody pressed."""
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Addresses to listen on, by what reaches them from here."""


def doctor(
    config: Config = DEFAULT,
    send: Annotated[str, typer.Option(metavar="DEPARTMENT", help="给部门发测试卡 | send it a test card")] = "",
    wait: Annotated[int, typer.Option(min=5, max=3600, help="等点击，秒 | seconds to wait for the click")] = 120,
    model: Annotated[bool, typer.Option("--model", help="试问一次语言模型 | ask the language model once")] = False,
    plan: OfPlan = "",
) -> None:
    """体检并说明怎么改 | check all, say what to mend."""
    from bot.doctor import examine

    with started(config) as (settings, words):
        findings = examine(settings, words, str(config), database_place(settings), ask_model=model)
        for finding in findings:
            say(finding)
        wrong = sum(finding.mark is Mark.WRONG for finding in findings)
        if send:
            ready_tables(settings, words, migrate=False)
            for finding in _sent(settings, words, send, wait, plan):
                say(finding)
                wrong += finding.mark is Mark.WRONG
        say(words("doctor.mend", count=wrong) if wrong else words("doctor.fine"))
    raise typer.Exit(1 if wrong else 0)


def _sent(settings: Settings, words: Words, department: str, wait: int, plan: str) -> Iterator[Finding]:
    """What becomes of the card, as it does."""
    if not key_of(settings):
        raise Failed(words("doctor.send-no-platform"), WRONG_USAGE)
    with _Asking(settings, words, plan) as asking:
        if asking.is_served():
            yield from asking.follow(department, wait)
            return
        yield Finding(Mark.FINE, words("doctor.send-serves"))
        yield from _while_serving(settings, words, asking, department, wait)


def _while_serving(
    settings: Settings, words: Words, asking: "_Asking", department: str, wait: int
) -> Iterator[Finding]:
    """The same by a bot of our own, which takes whatever else is said to it meanwhile as it always does."""
    from bot.serve import CannotListen, serve

    found = list[Finding]()

    def errand() -> None:
        for finding in asking.follow(department, wait):
            if finding.mark is Mark.FINE and not found:
                say(finding)  # at once: somebody is to press
            found.append(finding)

    try:
        serve(settings, errand)
    except CannotListen as error:
        host, port = settings.server.host, settings.server.port
        raise Failed(words("cli.cannot-listen", host=host, port=port, why=error)) from None
    yield from found[1:] if found and found[0].mark is Mark.FINE else found


class _Asking:
    """Questions to the bot at its own address; no proxy is on the way."""

    def __init__(self, settings: Settings, words: Words, plan: str) -> None:
        host = EVERYWHERE.get(settings.server.host, settings.server.host)
        self._place = f"{f'[{host}]' if ':' in host else host}:{settings.server.port}"
        self._words, self._query = words, f"?plan={quote(plan)}" if plan else ""
        headers = {"Authorization": f"Bearer {key_of(settings)}", "Accept": "application/json"}
        transport = httpx.HTTPTransport()  # of its own, so that no variable of the environment names a proxy
        self._http = httpx.Client(
            base_url=f"http://{self._place}", headers=headers, timeout=ANSWERS_IN, transport=transport
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._http.close()

    def is_served(self) -> bool:
        try:
            self._http.get("/healthz")
        except httpx.TransportError:
            return False
        return True

    def follow(self, department: str, wait: int) -> Iterator[Finding]:
        """Send it, and look until it is pressed, lost or over."""
        words = self._words
        state = self._ask("POST", PATH, {"department": department, "seconds": wait})
        facts = {"department": state.department, "conversation": state.conversation, "wait": wait}
        yield Finding(Mark.FINE, words("doctor.send-asked", **facts))
        ends = time.monotonic() + wait + GRACE
        while state.standing is Standing.OPEN and not state.lost and time.monotonic() < ends:
            time.sleep(LOOKS_AGAIN)
            state = self._ask("GET", f"{PATH}/{state.number}")
        yield self._outcome(state, facts)

    def _outcome(self, state: State, facts: dict[str, object]) -> Finding:
        words = self._words
        if state.standing is Standing.DONE:
            return Finding(Mark.FINE, words("doctor.send-pressed", **facts, name=state.pressed_by))
        if state.lost or not state.is_shown:
            why = state.lost or state.trouble or words("doctor.send-no-reason")
            return Finding(Mark.WRONG, words("doctor.send-lost", **facts, why=why))
        return Finding(Mark.WRONG, words("doctor.send-not-pressed", **facts))

    def _ask(self, method: str, path: str, body: object = None) -> State:
        """Raises Failed."""
        words = self._words
        try:
            answer = self._http.request(method, f"{path}{self._query}", json=body)
        except httpx.TransportError:
            raise Failed(words("doctor.send-gone", place=self._place)) from None
        try:
            if answer.is_success:
                return State.model_validate_json(answer.content)
            told = answer.json()["detail"] if answer.status_code != httpx.codes.NOT_FOUND else ""
        except (ValueError, KeyError, TypeError):
            told = ""
        raise Failed(str(told) or words("doctor.send-not-ours", place=self._place))
