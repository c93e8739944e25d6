"""From the settings to the environment the handlers work in."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.settings import Settings
from cards.words import Words
from handlers.inbound.commands import COMMANDS
from handlers.stocks import Stocks
from handlers.turn import Environment
from planning.control.authority import DEFAULT_GRANTS, Grant
from planning.people.masks import DEFAULT_MASKS, Mask


def environment_of(settings: Settings) -> Environment:
    return Environment(
        organisation=settings.organisation(),
        words=Words(settings.locale),
        platforms=settings.traits(),
        zone=ZoneInfo(settings.timezone),
        commands=COMMANDS,
        calendar=settings.calendar,
        calendars=settings.own_calendars(),
        expires_working_days=settings.approval.expires_working_days,
        digest_at=settings.digest.time,
        rules=tuple(rule.rule() for rule in settings.rules),
        fences=tuple(fence.fence() for fence in settings.fences),
        shadow=settings.shadow.shadow(),
        escalation=settings.escalation.policy(),
        grants=_grants(settings),
        emergency_grants=None if settings.emergencies is None else tuple(one.grant() for one in settings.emergencies),
        standard_window_days=settings.approval.standard_window_days,
        fitting={reason.code: reason.types for reason in settings.reason_types},
        masks=_masks(settings),
        stocks=Stocks(frozenset(settings.readiness.backflush)),
        days_before=settings.readiness.days_before,
        days_before_of={one.id: one.readiness_days for one in settings.departments if one.readiness_days},
        exceptions=settings.exceptions.policy(),
        prior_days=settings.forecast.prior_days,
        ask_starts_at=settings.report.ask_starts or "",
        ask_reports_at=settings.report.ask_reports or "",
        sources=tuple(one.source() for one in settings.sources),
        over_tolerance=Decimal(settings.report.over_tolerance) / 100,
        limits=settings.limits.limits(),
        pages_at=settings.server.public_url or "",
        plan_name=settings.plan.name if len(settings.plans) > 1 else "",
        plans=tuple(plan.id for plan in settings.plans) if len(settings.plans) > 1 else (),
        anchor_key=settings.audit.anchor_key.get_secret_value() if settings.audit.anchor_key else "",
    )


def _grants(settings: Settings) -> tuple[Grant, ...]:
    return DEFAULT_GRANTS if settings.authority is None else tuple(one.grant() for one in settings.authority)


def _masks(settings: Settings) -> tuple[Mask, ...]:
    return DEFAULT_MASKS if settings.masked is None else tuple(one.mask() for one in settings.masked)
