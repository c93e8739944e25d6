"""Proofs under faults: each scenario counts what was lost and doubled. Long: `make chaos`; short: `test_chaos.py`."""
