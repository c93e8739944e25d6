"""The product's pages in a browser: from a link in the chat to a decision, on a phone and on a screen."""

import re

import pytest
from playwright.async_api import Browser, Page, Route, expect
from pypdfium2 import PdfDocument

from bot.company import load_stories
from tests.browser import open_page
from tests.e2e.looks import LINK, PATHS, PERSON, ROOM, SCHEMES, begun, logged_in
from tests.e2e.test_rejections import asked
from tests.scenarios.play import Play

STORY = next(story for story in load_stories() if story.id == "machine")
SIZES = [(360, 740), (1280, 860)]
COMPLAINTS = """() => {
  const found = [];
  if (!document.documentElement.lang) found.push("no language");
  if (document.querySelectorAll("h1").length !== 1) found.push("not one heading of the page");
  if (!document.querySelector("main")) found.push("no main part");
  for (const one of document.querySelectorAll("img:not([alt])")) found.push("no text for " + one.outerHTML);
  for (const one of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (!one.labels.length) found.push("no label for " + one.outerHTML);
  for (const one of document.querySelectorAll("a, button"))
    if (!(one.textContent.trim() || one.getAttribute("aria-label") || one.querySelector("img[alt]")))
      found.push("no name for " + one.outerHTML);
  let level = 1;
  for (const one of document.querySelectorAll("h1, h2, h3")) {
    const own = Number(one.tagName[1]);
    if (own > level + 1) found.push("a level is left out before " + one.textContent);
    level = own;
  }
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  if (new Set(ids).size !== ids.length) found.push("an id stands twice");
  for (const one of document.querySelectorAll("[style], [onclick], script:not([src])"))
    found.push("inline " + one.outerHTML);
  return found;
}"""


MISSED = """(y) => new Promise((resolve) => {
  window.fetch = (address) => { resolve(address); return Promise.reject(new Error("no network")); };
  setTimeout(() => resolve(""), 5000);
  scrollBy(0, y);
})"""
"""Scroll on, where nothing comes of what is asked for: the address that was."""


@pytest.mark.parametrize("size", SIZES, ids=["a phone", "a screen"])
async def test_every_page_fits_and_can_be_read(play: Play, browser: Browser, size: tuple[int, int]) -> None:
    no, _ = await asked(play, STORY)
    async with logged_in(browser, play, size) as page:
        for path in (*PATHS.values(), f"/changes/{no}"):
            await page.goto(f"{play.stage.address}{path}")
            assert await page.evaluate("document.documentElement.scrollWidth") <= size[0], path
            assert await page.evaluate(COMPLAINTS) == [], path
            for scheme in SCHEMES:
                await page.emulate_media(color_scheme=scheme)
                assert await faint(page) == [], (path, scheme)


async def faint(page: Page) -> list[str]:
    """Words whose contrast with what is behind them is below 4.5."""
    found: list[str] = await page.evaluate(
        """() => {
          const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
          const linear = (v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
          const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
          const behind = (one) => {
            for (let at = one; at; at = at.parentElement) {
              const [r, g, b, a = 1] = parts(getComputedStyle(at).backgroundColor);
              if (a > 0.9 && !getComputedStyle(at).backgroundColor.startsWith("color(")) return [r, g, b];
            }
            return null;
          };
          const found = [];
          for (const one of document.querySelectorAll("main *, header *, nav *")) {
            const said = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
            if (!said || !one.checkVisibility() || one.closest("svg")) continue;
            const under = behind(one), over = parts(getComputedStyle(one).color);
            if (!under) continue;
            const [a, b] = [light(over), light(under)].sort((x, y) => y - x);
            if ((a + 0.05) / (b + 0.05) < 4.5) found.push(one.textContent.trim().slice(0, 30));
          }
          return found;
        }"""
    )
    return found


async def test_a_morning_by_keyboard_alone(play: Play, browser: Browser) -> None:
    """Log in by a link, find what is late on the board, open a request and decide it, answer an exception."""
    no = (await begun(play))["change open"].rpartition("/")[2]
    link = LINK.search(await play.say(ROOM, PERSON, "链接"))
    assert link
    async with open_page(browser, link[1], SIZES[1]) as page:
        assert await focused(page) == "进入"
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_contain_text("现在怎么样")

        await tab_to(page, "看板")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_contain_text("看板")
        await page.keyboard.press("Tab")
        await tab_to(page, "筛选")
        await page.keyboard.press("Enter")
        await tab_to(page, "只看会晚的")
        await page.keyboard.press("Space")
        await tab_to(page, "看")
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile("late=1"))
        await expect(page.locator(".item em").first).to_be_visible()

        await tab_to(page, "变更")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_contain_text("变更")
        await tab_to(page, "推迟3天 · MO-2442 B2 整机组装")
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile(no))
        await tab_to(page, "意见（驳回、要求修改必须写）")
        await page.keyboard.type("可以，货款按新日期付")
        await tab_to(page, "同意")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status").filter(has_text="郑云")).to_contain_text("同意")

        await tab_to(page, "异常")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_contain_text("异常")
        await tab_to(page, "处理 PAY-7411 付款：联芯微 K1 芯片")
        await page.keyboard.press("Enter")
        await tab_to(page, "已在处理")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status").filter(has_text="处理")).to_be_visible()
        await expect(page.locator(".request", has_text="PAY-7411")).to_contain_text("郑云 已在处理")
    step = (await play.change(no)).step_of("finance")
    assert step is not None
    assert [(said.person, said.channel, said.comment) for said in step.decisions] == [
        (PERSON, "web", "可以，货款按新日期付")
    ]


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until this has the focus, and see that one sees where it is."""
    passed: list[str] = []
    while (at := await focused(page)) != name:
        await page.keyboard.press("Tab")
        passed.append(at)
        assert len(passed) < 120, passed
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert await page.evaluate(outline) not in ("none", ""), name


async def focused(page: Page) -> str:
    """The name of what has the focus."""
    text: str = await page.evaluate("""() => {
      const one = document.activeElement;
      const named = one?.labels?.[0] ?? one;
      return (named?.textContent ?? "").replace(/\\s+/g, " ").trim();
    }""")
    return text


async def test_an_open_page_hears_of_a_change(play: Play, browser: Browser) -> None:
    async with logged_in(browser, play, SIZES[0]) as page:
        await expect(page.locator(".figure", has_text="没有待批的变更")).to_be_visible()
        await asked(play, STORY)
        await expect(page.locator(".figure", has_text="等决定").locator(".number")).to_have_text("1")
        assert page.url.endswith("/overview")


async def test_news_takes_nothing_from_whoever_writes_or_was_told(play: Play, browser: Browser) -> None:
    """The page waits with what is new, says so, and goes on where they go on."""
    no, _ = await asked(play, STORY)
    async with logged_in(browser, play, SIZES[0]) as page:
        await page.goto(f"{play.stage.address}/changes/{no}")
        await page.get_by_label("意见").fill("先看看库存")
        await page.get_by_role("heading", level=1).click()
        await asked(play, next(story for story in load_stories() if story.id == "supplier"))
        await expect(page.locator(".news")).to_contain_text("刷新这一页")
        await expect(page.get_by_label("意见")).to_have_value("先看看库存")
        await page.get_by_role("button", name="同意").click()
        await expect(page.locator("[data-once]")).to_contain_text("同意")
        await expect(page.locator(".news")).to_be_empty()
        await page.evaluate("document.body.dataset.stamp = 0; dispatchEvent(new Event('pagehide'))")
        await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        await expect(page.locator(".news")).to_contain_text("刷新这一页")
        await expect(page.locator("[data-once]")).to_contain_text("同意")


async def test_the_page_around_it_hears_as_well(play: Play, browser: Browser) -> None:
    """What is printed of it tells the revision that it shows."""
    async with logged_in(browser, play, SIZES[1]) as page:
        await page.goto(f"{play.stage.address}/board")
        await expect(page.locator(".revision")).to_have_text("第 1 版")
        no, _ = await asked(play, STORY)
        for step in (await play.change(no)).steps:
            await play.press(await play.asked(step.department, no), step.approvers[0], "同意")
        await expect(page.locator(".revision")).to_have_text("第 2 版")
        assert "计划第 2 版" in (await page.locator(".on-paper").text_content() or "")


async def test_rows_that_did_not_come_are_asked_for_again(play: Play, browser: Browser) -> None:
    async with logged_in(browser, play, SIZES[1]) as page:
        await page.route("**/gantt", longer)
        await page.goto(f"{play.stage.address}/gantt")
        missed = [await page.evaluate(MISSED, y) for y in (20_000, 1)]
        assert missed[0]
        assert missed[1] == missed[0]


async def longer(route: Route) -> None:
    """As if the plan had many more items."""
    answer = await route.fetch()
    await route.fulfill(response=answer, body=re.sub(r'data-total="\d+"', 'data-total="5000"', await answer.text()))


@pytest.mark.parametrize("size", ["A4", "A3"])
async def test_on_paper_every_sheet_says_what_it_is(play: Play, browser: Browser, size: str) -> None:
    """Of which revision, when and by whom; nothing that could be pressed."""
    async with logged_in(browser, play, SIZES[1]) as page:
        for path in ("/overview", "/changes", "/exceptions", "/board", "/gantt", "/gantt/paper", "/readiness"):
            await page.goto(f"{play.stage.address}{path}")
            await page.emulate_media(media="print")
            await expect(page.locator("nav.tabs")).to_be_hidden()
            await expect(page.get_by_role("button")).to_have_count(0)
            sheets = await printed(page, size)
            assert all("计划第1版·11-2309:00·郑云（财务部）" in sheet for sheet in sheets), path
            await page.emulate_media(media="screen")


async def test_on_paper_each_department_has_a_sheet_of_its_own(play: Play, browser: Browser) -> None:
    async with logged_in(browser, play, SIZES[1]) as page:
        for path in ("/board?by=department", "/gantt/paper?days=365"):
            await page.goto(f"{play.stage.address}{path}")
            heads = ["".join(text.split()) for text in await page.locator("main h2").all_text_contents()]
            sheets = await printed(page, "A4")
            assert len(heads) == 8, path
            assert all(sum(head in sheet for sheet in sheets) == 1 for head in heads), path
            assert all(sum(head in sheet for head in heads) <= 1 for sheet in sheets), path


async def printed(page: Page, size: str) -> list[str]:
    """The words of each sheet, without the spaces: where letters stand far apart, the reader sees some between them."""
    document = PdfDocument(await page.pdf(format=size, landscape=True))
    sheets = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
    wide, high = document[0].get_size()
    assert wide > high
    assert sheets
    return sheets


async def test_a_session_that_ends_ends_on_the_open_page(play: Play, browser: Browser) -> None:
    async with logged_in(browser, play, SIZES[0]) as page:
        await play.say(ROOM, PERSON, "退出")
        await expect(page.get_by_role("heading", level=1)).to_have_text("请先登录")
