"""All routes under /settings. The order counts: drafts and versions are no sections."""

from fastapi import APIRouter

from bot.web.pages.settings import drafts, forms, overview, sections, texts, versions

router = APIRouter()
for part in (overview, drafts, versions, sections, forms, texts):
    router.include_router(part.router)
