"""The audit trail and its hash chain."""
