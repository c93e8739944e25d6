"""The way out: outbox rows are claimed, paced, sent and tried again."""
