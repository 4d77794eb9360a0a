"""Replay: the facts of a real meetup run through the real actions, and compared with what came of it."""
