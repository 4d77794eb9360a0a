"""Sessions in rooms and slots: drafted, changed by hand, released."""
