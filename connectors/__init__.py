"""Connectors: clients of other systems, one folder each, on one contract. They decide nothing and keep nothing."""
