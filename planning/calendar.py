"""Working calendars: which days count. Implemented by `named`; all dates are local dates."""
