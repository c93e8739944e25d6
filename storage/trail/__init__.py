"""The audit trail and its proof."""
