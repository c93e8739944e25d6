"""Delivery on real databases, with channels that fail as they are told and a clock that stands until it is moved."""
