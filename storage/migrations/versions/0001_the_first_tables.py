"""The first tables"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json, Quantity

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("bot", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("trouble", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "platform", "bot", "event_id", name=op.f("pk_inbox")),
        sa.UniqueConstraint(
            "plan_id", "platform", "bot", "delivery_id", name=op.f("uq_inbox_plan_id_platform_bot_delivery_id")
        ),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_due",
            ["plan_id", "next_at"],
            unique=False,
            sqlite_where=sa.text("state = 'new'"),
            postgresql_where=sa.text("state = 'new'"),
        )

    op.create_table(
        "outbox",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("dedupe", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("card_id", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("trouble", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "dedupe", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_due",
            ["plan_id", "next_at"],
            unique=False,
            sqlite_where=sa.text("state = 'new'"),
            postgresql_where=sa.text("state = 'new'"),
        )

    op.create_table(
        "plans",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("head_revision", sa.Integer(), nullable=False),
        sa.Column("links_revision", sa.Integer(), nullable=False),
        sa.Column("department_calendars", Json, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plans")),
    )
    op.create_table(
        "requests",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("change_no", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "caller", "idempotency_key", name=op.f("pk_requests")),
    )
    op.create_table(
        "timers",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "kind", "subject", name=op.f("pk_timers")),
    )
    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_timers_due",
            ["plan_id", "due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'set'"),
            postgresql_where=sa.text("state = 'set'"),
        )

    op.create_table(
        "changes",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("no", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("class", sa.Text(), nullable=False),
        sa.Column("proposer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("impact", Json, nullable=False),
        sa.Column("impact_hash", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("submitted_at", Instant(), nullable=True),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("applied_revision", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_changes_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "no", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_changes_plan_id_state"), ["plan_id", "state"], unique=False)

    op.create_table(
        "digest_runs",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ran_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_digest_runs_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "conversation", "day", name=op.f("pk_digest_runs")),
    )
    op.create_table(
        "items",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("finish", sa.Date(), nullable=False),
        sa.Column("duration", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("also_informs", Json, nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("quantity", Quantity(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("constraint", sa.Text(), nullable=True),
        sa.Column("constraint_date", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("lot_minimum", Quantity(), nullable=True),
        sa.Column("lot_multiple", Quantity(), nullable=True),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("attributes", Json, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_items_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "code", name=op.f("pk_items")),
    )
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_items_plan_id_department"), ["plan_id", "department"], unique=False)
        batch_op.create_index(batch_op.f("ix_items_plan_id_revision"), ["plan_id", "revision"], unique=False)

    op.create_table(
        "revisions",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("applied_at", Instant(), nullable=False),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_revisions_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_revisions")),
    )
    op.create_table(
        "stock",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("on_hand", Quantity(), nullable=False),
        sa.Column("safety", Quantity(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_stock_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "product", name=op.f("pk_stock")),
    )
    op.create_table(
        "acknowledgements",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("change_no", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id", "change_no"],
            ["changes.plan_id", "changes.no"],
            name=op.f("fk_acknowledgements_plan_id_change_no"),
        ),
        sa.PrimaryKeyConstraint("plan_id", "change_no", "person", name=op.f("pk_acknowledgements")),
    )
    op.create_table(
        "cards",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("card_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("change_no", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("wanted_version", sa.Integer(), nullable=False),
        sa.Column("shown_version", sa.Integer(), nullable=False),
        sa.Column("wire_id", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("first_shown_at", Instant(), nullable=True),
        sa.Column("trouble", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id", "change_no"], ["changes.plan_id", "changes.no"], name=op.f("fk_cards_plan_id_change_no")
        ),
        sa.PrimaryKeyConstraint("plan_id", "card_id", name=op.f("pk_cards")),
    )
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cards_plan_id_change_no"), ["plan_id", "change_no"], unique=False)

    op.create_table(
        "links",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("predecessor", sa.Text(), nullable=False),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("drives", sa.Text(), nullable=False),
        sa.Column("lag", sa.Integer(), nullable=False),
        sa.Column("lag_kind", sa.Text(), nullable=False),
        sa.Column("ratio", Quantity(), nullable=True),
        sa.Column("scrap", Quantity(), nullable=False),
        sa.Column("hard", sa.Boolean(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id", "predecessor"], ["items.plan_id", "items.code"], name=op.f("fk_links_plan_id_predecessor")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id", "successor"], ["items.plan_id", "items.code"], name=op.f("fk_links_plan_id_successor")
        ),
        sa.PrimaryKeyConstraint("plan_id", "predecessor", "successor", "kind", "drives", name=op.f("pk_links")),
    )
    op.create_table(
        "operations",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("change_no", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("to", Json, nullable=True),
        sa.Column("pull", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id", "change_no"], ["changes.plan_id", "changes.no"], name=op.f("fk_operations_plan_id_change_no")
        ),
        sa.PrimaryKeyConstraint("plan_id", "change_no", "seq", name=op.f("pk_operations")),
    )
    op.create_table(
        "revision_lines",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("path", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id", "number"],
            ["revisions.plan_id", "revisions.number"],
            name=op.f("fk_revision_lines_plan_id_number"),
        ),
        sa.PrimaryKeyConstraint("plan_id", "number", "seq", name=op.f("pk_revision_lines")),
    )
    with op.batch_alter_table("revision_lines", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_revision_lines_plan_id_item_number"), ["plan_id", "item", "number"], unique=False
        )

    op.create_table(
        "steps",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("change_no", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("approvers", Json, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("fallback", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id", "change_no"], ["changes.plan_id", "changes.no"], name=op.f("fk_steps_plan_id_change_no")
        ),
        sa.PrimaryKeyConstraint("plan_id", "change_no", "department", name=op.f("pk_steps")),
    )
    with op.batch_alter_table("steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_steps_plan_id_state"), ["plan_id", "state"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("change_no", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("impact_hash", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id", "change_no", "department"],
            ["steps.plan_id", "steps.change_no", "steps.department"],
            name=op.f("fk_decisions_plan_id_change_no_department"),
        ),
        sa.PrimaryKeyConstraint("plan_id", "change_no", "department", "seq", name=op.f("pk_decisions")),
    )


def downgrade() -> None:
    op.drop_table("decisions")
    with op.batch_alter_table("steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_steps_plan_id_state"))

    op.drop_table("steps")
    with op.batch_alter_table("revision_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_lines_plan_id_item_number"))

    op.drop_table("revision_lines")
    op.drop_table("operations")
    op.drop_table("links")
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cards_plan_id_change_no"))

    op.drop_table("cards")
    op.drop_table("acknowledgements")
    op.drop_table("stock")
    op.drop_table("revisions")
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_items_plan_id_revision"))
        batch_op.drop_index(batch_op.f("ix_items_plan_id_department"))

    op.drop_table("items")
    op.drop_table("digest_runs")
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_changes_plan_id_state"))

    op.drop_table("changes")
    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_timers_due", sqlite_where=sa.text("state = 'set'"), postgresql_where=sa.text("state = 'set'")
        )

    op.drop_table("timers")
    op.drop_table("requests")
    op.drop_table("plans")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_due", sqlite_where=sa.text("state = 'new'"), postgresql_where=sa.text("state = 'new'")
        )

    op.drop_table("outbox")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbox_due", sqlite_where=sa.text("state = 'new'"), postgresql_where=sa.text("state = 'new'")
        )

    op.drop_table("inbox")
