"""Tickets a phone can check without network: signed text, and the QR code that carries it."""

from midcycle.engines.tickets.qr import qr_modules, qr_svg
from midcycle.engines.tickets.text import BadTicket, Ticket, public_key, read, sign

__all__ = ["BadTicket", "Ticket", "public_key", "qr_modules", "qr_svg", "read", "sign"]
