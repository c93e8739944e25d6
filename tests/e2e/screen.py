"""What one does and sees in a window of the demo: groups by department, cards by their words, buttons by their text."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, Locator, Page, expect

from tests.browser import DESKTOP, open_page
from tests.scenarios.play import Play


@dataclass(frozen=True, slots=True)
class Screen:
    page: Page
    play: Play

    def name(self, department: str) -> str:
        return self.play.stage.service.environment.organisation.department_name(department)

    def column(self, department: str) -> Locator:
        """A department's conversation: its group, or its manager's window with the bot."""
        return self.page.locator(f'[data-testid="column"][data-conversation="{self.play.room(department)}"]')

    def card(self, department: str, *words: str) -> Locator:
        """The newest card there that says all this."""
        cards = self.column(department).get_by_test_id("card")
        for word in words:
            cards = cards.filter(has_text=word)
        return cards.last

    def changes_in_place(self, department: str) -> bool:
        """An aibot may redraw a card only in answer to a click on it; what others do there is told by one more card."""
        return not self.play.room(department).startswith("wecom:")

    def is_group(self, department: str) -> bool:
        return not self.play.room(department).startswith("wecom-app:")

    def button(self, card: Locator, text: str) -> Locator:
        return card.get_by_test_id("action").filter(has_text=text)

    async def become(self, person: str, department: str) -> None:
        """Tap the avatar in the department's group; a window with the bot has none, so choose from the list."""
        if self.is_group(department):
            await self.column(department).locator(f'[data-become="{person}"]').click()
        else:
            await self.page.get_by_test_id("persona").select_option(person)
        await expect(self.column(department).get_by_test_id("composer")).to_be_enabled()

    async def say(self, department: str, text: str) -> None:
        box = self.column(department).get_by_test_id("composer")
        await box.fill(text)
        await box.press("Enter")

    async def hears(self, department: str, *words: str) -> Locator:
        """The bot's newest message there; waits until it says all this."""
        bubble = self.column(department).locator(".bot .bubble").last
        for word in words:
            await expect(bubble).to_contain_text(word)
        return bubble

    async def press(self, card: Locator, text: str) -> None:
        """Press it and wait for the platform's answer; a busy machine misses its deadline, and the card comes later. A
        button that asks opens its form."""
        button = self.button(card, text)
        if await button.get_attribute("data-asks") is not None:
            await button.click()
            return
        async with self.page.expect_response(lambda answer: answer.url.endswith("/click")) as answered:
            await button.click()
        if not (await answered.value).ok:
            await self.play.quiet()

    @asynccontextmanager
    async def board(self) -> AsyncIterator[Page]:
        """The product's own board in a tab beside the chat, let in by its link and its button."""
        async with self.page.context.expect_page() as opened:
            await self.page.get_by_test_id("open-plan").click()
        page = await opened.value
        await page.get_by_role("button", name="进入").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("看板")
        yield page
        await page.close()

    async def wider_than_their_place(self) -> list[str]:
        """What one would have to scroll sideways for: the page, a conversation, a card."""
        pieces = 'document.querySelectorAll("html, .timeline, .timeline .card")'
        wider = f"[...{pieces}].filter(piece => piece.scrollWidth > piece.clientWidth)"
        found: list[str] = await self.page.evaluate(f"{wider}.map(piece => piece.outerHTML.slice(0, 300))")
        return found


@asynccontextmanager
async def opened(
    browser: Browser, play: Play, person: str, size: tuple[int, int] = DESKTOP
) -> AsyncIterator[Screen]:
    """A window in which one is that person."""
    async with open_page(browser, f"{play.stage.address}/?as={person}", size) as page:
        yield Screen(page, play)
