"""How a series moves around, what comes next, and what is at the same time. Pure."""
