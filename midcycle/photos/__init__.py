"""Photos: sent by many, developed without what cameras add, approved by the team, taken down by anybody."""
