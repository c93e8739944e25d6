"""Doctor's check of the language model: one question of nobody's, on request."""

from bot.channels.common.proxies import BadProxy
from bot.clock import SystemClock
from bot.finding import Finding, Mark
from bot.language_model.client import ChatModel, NoAnswer
from bot.settings import Settings
from cards.words import Words
from handlers.inbound.commands import COMMANDS
from handlers.inbound.speech.proposals import question_of_nobody


async def findings(settings: Settings, words: Words, *, ask: bool) -> list[Finding]:
    """Whether it answers, where it is asked; that it can be asked, else. Nothing without one. The call is one of the
    month's to whoever bills it, and not to us: nothing may be written beside the service."""
    section = settings.language
    if section is None:
        return []
    if not ask:
        return [Finding(Mark.FINE, words("doctor.language", model=section.model))]
    try:
        model = ChatModel.of(section)
    except BadProxy as bad:
        return [Finding(Mark.WRONG, words("cli.proxy", variable=bad.variable, found=bad.found))]
    try:
        today = SystemClock().now().astimezone(settings.zone).date()
        answered = await model.ask(question_of_nobody(COMMANDS.vocabulary, words.locale, today))
    except NoAnswer as why:
        facts = {"model": section.model, "why": why, "seconds": f"{section.timeout:g}"}
        return [Finding(Mark.WRONG, words("doctor.language-none", **facts))]
    finally:
        await model.close()
    if not answered.commands:
        return [Finding(Mark.HINT, words("doctor.language-empty", model=section.model))]
    facts = {"model": section.model, "found": "; ".join(answered.commands[:3])[:200]}
    return [Finding(Mark.FINE, words("doctor.language-answers", **facts))]
