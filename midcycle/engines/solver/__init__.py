"""Place topics into slots and rooms so that people can attend what they support.

`model` says what a problem and a plan are, `anneal` drafts a plan, `plan` values one made by hand,
`check` verifies either without knowing how it was made.
"""
