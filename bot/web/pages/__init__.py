"""The pages: what people see of the plan in a browser, each logged in as themselves."""

from bot.web.pages.router import STATIC, router

__all__ = ["STATIC", "router"]
