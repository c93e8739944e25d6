"""Course of a request after an action: approvals, deadlines, conflicts, taking back."""
