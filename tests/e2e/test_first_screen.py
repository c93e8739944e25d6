"""What a phone shows of a card before it is scrolled: five lines at most, then the buttons, four at most."""

from playwright.async_api import Browser

from tests.e2e.gallery import measured, shots
from tests.scenarios.play import Play

LINES, BUTTONS = 5, 4


async def test_every_card_that_can_be_pressed_has_its_buttons_on_the_first_screen(play: Play, browser: Browser) -> None:
    seen: set[tuple[str, str]] = set()
    async for shot in shots(play):
        size = await measured(browser, play, shot)
        if not size.buttons:
            continue
        seen.add((shot.kind, shot.platform))
        told = f"{shot.kind} on {shot.platform}: {size}"
        assert size.lines <= LINES, told
        assert len(size.buttons) <= BUTTONS, told
        assert size.last <= size.room, told
    assert {platform for _, platform in seen} == {"dingtalk", "wecom", "wecom-app"}
    assert {kind.split()[0] for kind, _ in seen} >= {"预览", "审批", "冲突", "追认", "知会", "升级"}
