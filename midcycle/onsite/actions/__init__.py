"""Phones let in and sent away, and what they did."""

from midcycle.onsite.actions.deeds import Answer, forget_typed, settle, take_batch
from midcycle.onsite.actions.devices import make_device, revoke_device

__all__ = ["Answer", "forget_typed", "make_device", "revoke_device", "settle", "take_batch"]
