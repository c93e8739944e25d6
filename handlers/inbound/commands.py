"""Every command: how it is said, what is done then, who may, and whether it writes. In the order of help.

A new one is a line here; its phrase with reader and speller stands in `handlers/language`, its function in
`handlers/reads` or `handlers/actions`.
"""

from handlers.actions.change import (
    counter_proposal,
    decide,
    extend,
    generate,
    pass_on,
    propose,
    remind,
    revise,
    settle_conflict,
    split,
    undo,
    withdraw,
)
from handlers.actions.control import draft_setting, freeze, switch_rule
from handlers.actions.facts import exceptions as exception_actions
from handlers.actions.facts import remind_supply, report
from handlers.actions.people import accounts, answer_delegation, bind, directory, leave, people, web_access
from handlers.actions.plan import name_baseline
from handlers.actions.rhythm import announce, sign
from handlers.actions.rhythm import issues as issue_actions
from handlers.actions.rhythm import records as record_actions
from handlers.inbound import notify_others, sent_back
from handlers.language.commands import baselines as states
from handlers.language.commands import (
    conflicts,
    decisions,
    following,
    governing,
    pages,
    passing_on,
    pictures,
    reporting,
    splitting,
    what_if,
    whole_plan,
)
from handlers.language.commands import directory as listed
from handlers.language.commands import leave as away
from handlers.language.commands import people as who
from handlers.language.commands import reads as asked
from handlers.language.commands import writes as wanted
from handlers.language.commands.announcing import ANNOUNCE, Announce, CallOff, ShowAnnouncements
from handlers.language.commands.exceptions import EXCEPTIONS, MUTE, MuteException, ShowExceptions
from handlers.language.commands.generating import GENERATE, TEMPLATES, Generate, ShowTemplates
from handlers.language.commands.issues import ISSUES, FollowIssue, RaiseIssue, ShowIssues
from handlers.language.commands.notifying import NOTIFY, Notify
from handlers.language.commands.readiness import READY, ShowReadiness, Solved
from handlers.language.commands.records import RECORDS, AnswerRecord, KeepRecord, ShowRecords
from handlers.language.commands.sync import SIGN, ShowSync, SignSync
from handlers.language.commands.trying import TryEvent
from handlers.reads import help
from handlers.reads.change import effect_of, list_conflicts, pending, todo, who_knows
from handlers.reads.control import list_fences, list_rules, shadow_report, show_templates, try_event, try_rules
from handlers.reads.delivery import call_budget
from handlers.reads.facts import department_progress, exceptions, progress, ready
from handlers.reads.people import directory as directory_shown
from handlers.reads.people import list_leaves
from handlers.reads.people import people as who_is_who
from handlers.reads.plan import (
    compare_states,
    late_items,
    list_baselines,
    overview,
    plan_query,
    risks,
    why,
    why_changed,
)
from handlers.reads.plan import pictures as drawn
from handlers.reads.rhythm import announcements, digest_on_demand, issues, records, sync
from handlers.registry import Commands, command, reads, writes
from planning.control import permissions as may

COMMANDS = Commands(
    (
        command(asked.QUERY_PLAN, reads(asked.QueryPlan, plan_query.query_plan)),
        command(wanted.MOVE, writes(wanted.Move, propose.propose, may.PROPOSE)),
        command(wanted.CHANGE_QUANTITY, writes(wanted.ChangeQuantity, propose.propose, may.PROPOSE)),
        command(wanted.SET_DURATION, writes(wanted.SetDuration, propose.propose, may.PROPOSE)),
        command(wanted.CANCEL, writes(wanted.Cancel, propose.propose, may.PROPOSE)),
        command(splitting.SPLIT, writes(splitting.Split, split.split, may.PROPOSE)),
        command(GENERATE, writes(Generate, generate.generate, may.PROPOSE)),
        command(TEMPLATES, reads(ShowTemplates, show_templates.show_templates)),
        command(what_if.WHAT_IF, reads(what_if.WhatIf, plan_query.what_if)),
        command(decisions.APPROVE, writes(decisions.Approve, decide.approve, may.DECIDE)),
        command(decisions.REJECT, writes(decisions.Reject, counter_proposal.reject, may.DECIDE)),
        command(decisions.MODIFY, writes(decisions.Modify, sent_back.modify, may.DECIDE)),
        command(decisions.TRANSFER, writes(decisions.Transfer, decide.transfer, may.DECIDE)),
        command(following.SUBMIT, writes(following.Submit, propose.submit_by_word, may.OWN)),
        command(following.REVISE, writes(following.Revise, revise.revise, may.OWN_OR_COORDINATOR)),
        command(following.WITHDRAW, writes(following.Withdraw, withdraw.withdraw, may.OWN)),
        command(following.UNDO, writes(following.Undo, undo.undo, may.OWN_OR_COORDINATOR)),
        # A manager's of those who are asked, or a coordinator's: `handlers/actions/extend` says who that is.
        command(following.EXTEND, writes(following.Extend, extend.by_word, may.ALL)),
        command(
            following.REMIND,
            writes(following.Remind, remind.remind, may.PUSH),
            writes(following.RemindSupply, remind_supply.remind_supply, may.HASTEN),
        ),
        # Whose item it is, `handlers/govern/reporters` says.
        command(reporting.WORK, writes(reporting.ReportWork, report.report_work, may.ALL)),
        command(reporting.ARRIVE, writes(reporting.ReportArrival, report.report_arrival, may.ALL)),
        command(reporting.BEGIN, writes(reporting.ReportStart, report.report_start, may.ALL)),
        command(reporting.COMPLETE, writes(reporting.ReportFinish, report.report_finish, may.ALL)),
        command(reporting.CORRECT, writes(reporting.CorrectReport, report.correct_report, may.ALL)),
        command(reporting.STOP, writes(reporting.ReportStop, report.report_stop, may.ALL)),
        command(reporting.HOLD, writes(reporting.ReportHold, report.report_hold, may.ALL)),
        command(
            reporting.PROGRESS,
            reads(reporting.ShowProgress, progress.show_progress),
            reads(reporting.ShowDepartmentProgress, department_progress.show_department_progress),
        ),
        command(READY, reads(ShowReadiness, ready.show_readiness), reads(Solved, ready.say_how)),
        command(EXCEPTIONS, reads(ShowExceptions, exceptions.show_exceptions)),
        # Its people's, or a coordinator's: `handlers/actions/exceptions` says who that is.
        command(MUTE, writes(MuteException, exception_actions.by_word, may.ALL)),
        # Its owner's, or whoever raised it: `handlers/govern/rhythm/issue_people` says who that is.
        command(
            ISSUES,
            writes(RaiseIssue, issue_actions.raise_by_word, may.ALL),
            writes(FollowIssue, issue_actions.follow_by_word, may.ALL),
            reads(ShowIssues, issues.show_issues),
        ),
        # Whoever has a seat of it, or acts for them: `handlers/govern/rhythm/sync_people` says so.
        command(SIGN, writes(SignSync, sign.by_word, may.ALL), reads(ShowSync, sync.show_sync)),
        command(
            ANNOUNCE,
            writes(Announce, announce.announce, may.PROPOSE),
            writes(CallOff, announce.call_off, may.ALL),  # one's own, or a coordinator's
            reads(ShowAnnouncements, announcements.show_announcements),
        ),
        command(NOTIFY, writes(Notify, notify_others.notify, may.ALL)),
        # Whoever is asked answers: `handlers/govern/rhythm/record_people` says who that is.
        command(
            RECORDS,
            writes(KeepRecord, record_actions.keep_by_word, may.ALL),
            writes(AnswerRecord, record_actions.answer_by_word, may.ALL),
            reads(ShowRecords, records.show_records),
        ),
        command(passing_on.PASS_ON, writes(passing_on.PassOn, pass_on.pass_on, may.ALL)),
        command(asked.TODO, reads(asked.Todo, todo.todo)),
        command(
            asked.WHY,
            reads(asked.Why, why.why_moved),
            reads(asked.WhyChanged, why_changed.why_changed),
        ),
        command(following.ACKS, reads(following.Acks, who_knows.acks)),
        command(whole_plan.EFFECT_OF, reads(whole_plan.EffectOf, effect_of.effect_of)),
        command(whole_plan.OVERVIEW, reads(whole_plan.Overview, overview.overview)),
        command(pictures.BOARD, reads(pictures.ShowBoard, drawn.show_board)),
        command(pictures.GANTT, reads(pictures.ShowGantt, drawn.show_gantt)),
        command(whole_plan.PENDING, reads(whole_plan.Pending, pending.pending)),
        command(whole_plan.LATE_ITEMS, reads(whole_plan.LateItems, late_items.late)),
        command(whole_plan.RISKS, reads(whole_plan.Risks, risks.risks)),
        command(asked.DIGEST, reads(asked.Digest, digest_on_demand.on_demand)),
        command(
            states.BASELINES,
            writes(states.NameBaseline, name_baseline.name_baseline, may.NAME),
            reads(states.ShowBaselines, list_baselines.list_baselines),
        ),
        command(states.COMPARE, reads(states.Compare, compare_states.compare)),
        command(
            conflicts.CONFLICTS,
            reads(conflicts.ShowConflicts, list_conflicts.list_conflicts),
            # Its proposers' and an arbiter's: `planning/change/conflict` says who that is.
            writes(conflicts.SettleConflict, settle_conflict.by_word, may.ALL),
        ),
        command(
            away.DELEGATE,
            writes(away.Delegate, leave.delegate, may.ALL),  # one's own leave
            writes(away.AnswerDelegation, answer_delegation.by_word, may.ALL),
            reads(away.ShowLeaves, list_leaves.list_leaves),
        ),
        command(
            governing.FREEZE,
            writes(governing.Freeze, freeze.freeze, may.FREEZE),
            writes(governing.Enforce, freeze.enforce, may.FREEZE),
            reads(governing.ShowFences, list_fences.list_fences),
        ),
        command(governing.UNFREEZE, writes(governing.Unfreeze, freeze.unfreeze, may.FREEZE)),
        command(
            governing.RULES,
            reads(governing.ShowRules, list_rules.list_rules),
            writes(governing.SwitchRule, switch_rule.switch_rule, may.SWITCH),
            reads(governing.TryRules, try_rules.try_rules),
            reads(TryEvent, try_event.try_event),
            writes(governing.DraftSetting, draft_setting.draft_setting, may.SET),
        ),
        command(
            who.PEOPLE,
            reads(who.ShowPeople, who_is_who.show_people, may.SET),
            writes(who.ChangePerson, people.change_person, may.SET),
        ),
        command(
            listed.SYNC,
            writes(listed.ReadDirectory, directory.read_directory, may.SET),
            writes(listed.ChooseUnits, directory.choose_units, may.SET),
            reads(listed.ShowDirectory, directory_shown.show_directory, may.SET),
        ),
        command(who.WHO_AM_I, writes(who.WhoAmI, accounts.who_am_i, may.ALL)),
        command(who.BIND, writes(who.Bind, bind.bind, may.SET), writes(who.Unbind, bind.unbind, may.SET)),
        command(asked.SHADOW, reads(asked.ShowShadow, shadow_report.shadow)),
        command(whole_plan.BUDGET, reads(whole_plan.ShowBudget, call_budget.call_budget)),
        command(pages.LINK, writes(pages.SendLink, web_access.send_link, may.ALL)),
        command(pages.LOG_OUT, writes(pages.LogOut, web_access.log_out, may.ALL)),
        command(asked.HELP, reads(asked.Help, help.help_)),
    )
)
