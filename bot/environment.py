"""From the settings to the environment the handlers work in."""

from dataclasses import replace
from decimal import Decimal

from bot.settings import Settings
from bot.settings.templates import shipped
from cards.words import Words
from handlers.inbound.commands import COMMANDS
from handlers.stocks import Stocks
from handlers.turn import Environment
from planning.control.authority import DEFAULT_GRANTS, Grant
from planning.generation.template import Template
from planning.people.masks import DEFAULT_MASKS, Mask


def environment_of(settings: Settings) -> Environment:
    return Environment(
        organisation=settings.organisation(),
        words=Words(settings.locale),
        platforms=settings.traits(),
        zone=settings.zone,
        commands=COMMANDS,
        calendar=settings.calendar,
        calendars=settings.own_calendars(),
        expires_working_days=settings.approval.expires_working_days,
        digest_at=settings.digest.time,
        sync=settings.sync.terms() if settings.sync else None,
        rules=tuple(rule.rule() for rule in settings.rules),
        fences=tuple(fence.fence() for fence in settings.fences),
        shadow=settings.shadow.shadow(),
        escalation=settings.escalation.policy(),
        grants=_grants(settings),
        emergency_grants=None if settings.emergencies is None else tuple(one.grant() for one in settings.emergencies),
        standard_window_days=settings.approval.standard_window_days,
        fitting={reason.code: reason.types for reason in settings.reason_types},
        masks=_masks(settings),
        templates=_templates(settings),
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
        set_up=tuple(one.name for one, _ in settings.set_up()),
        directories=tuple(one.name for one, section in settings.set_up() if one.shows_directory(section)),
        language_model=settings.language.terms() if settings.language else None,
        anchor_key=settings.audit.anchor_key.get_secret_value() if settings.audit.anchor_key else "",
    )


def kept_up(environment: Environment, before: Environment) -> Environment:
    """The environment of newer settings, with what was compiled and worked out under those before, as far as it does
    not depend on what has changed."""
    kept = replace(
        environment, networks=before.networks, requirements=before.requirements, bot_names=before.bot_names,
        speech=before.speech,
    )
    if not _counts_alike(environment, before):
        return kept
    return replace(kept, stocks=before.stocks, readiness=before.readiness, outlooks=before.outlooks)


def _counts_alike(environment: Environment, before: Environment) -> bool:
    """Whether stock, readiness and forecasts come out the same."""
    terms = [
        (one.stocks.backflushed, one.prior_days, one.calendar, one.calendars, one.escalation.hours, one.over_tolerance)
        for one in (environment, before)
    ]
    return terms[0] == terms[1]


def _grants(settings: Settings) -> tuple[Grant, ...]:
    return DEFAULT_GRANTS if settings.authority is None else tuple(one.grant() for one in settings.authority)


def _masks(settings: Settings) -> tuple[Mask, ...]:
    return DEFAULT_MASKS if settings.masked is None else tuple(one.mask() for one in settings.masked)


def _templates(settings: Settings) -> tuple[Template, ...]:
    given = shipped() if settings.templates is None else settings.templates
    return tuple(one.template() for one in given)
