"""Pure engines: frozen dataclasses in, frozen dataclasses out; no clock, no network, no database."""
