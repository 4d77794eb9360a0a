"""How much one connection, one person and one pad may ask for. Seconds and bytes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Defaults are for a meetup behind one address: no limit counts per IP address."""

    ticket_wait: float = 5.0  # until the first message
    ticket_life: float = 900.0  # a connection on one ticket; it may be renewed
    rights: float = 1.0  # between looks whether who may do what has changed
    renewal: float = 5.0  # until a new ticket must be shown after that
    first_message: int = 8 * 1024
    message: int = 256 * 1024
    backlog: int = 1024 * 1024  # received but not handled yet, per connection
    updates_per_second: float = 60.0  # more is delayed, not cut
    updates_at_once: float = 240.0
    bytes_per_second: float = 64 * 1024.0
    bytes_at_once: float = 512 * 1024.0
    texts_per_second: float = 5.0  # votes, and now and then a ticket; more is delayed
    texts_at_once: float = 60.0
    votes: int = 200  # per person and pad
    refusals: int = 10  # refused updates of a reader before the connection is closed

    text: int = 1_000_000  # of a pad
    state: int = 8 * 1024 * 1024  # of a pad with its history
    client_ids: int = 256  # that wrote for the first time, per connection: one for each page they typed in while away
    client_ids_ever: int = 5000  # per person and pad; machines may share one person
    connections: int = 3000  # per pad: one for each reader too
    joins_per_second: float = 100.0  # per pad; more wait their turn
    look: int = 1024  # one awareness state

    high_water: int = 64 * 1024  # unsent; beyond it a connection is skipped and levelled later
    stalled: float = 10.0  # no byte leaves for so long: the connection is closed
    commit_gap: float = 0.0  # at least so long between commits while people type without a break
    looks_gap: float = 0.1  # between awareness frames of a pad
    votes_gap: float = 0.1  # between two messages about votes
    votes_bytes: float = 4e6  # a second, to all of a pad together: many voters in a full room are told of less often
    people_again: float = 3.0  # between tellings of everybody to other processes
    crowd: int = 30  # connections from which on only carets of those who type are shown
    typing: float = 10.0  # how long somebody counts as typing
    quiet: float = 2.0  # without a change: the snapshot is written
    busy: float = 10.0  # of changes without a break: the snapshot is written
    unload: float = 60.0  # without a connection
    poll: float = 5.0  # between looks at what others wrote into the database
    beat: float = 15.0  # between signs of life to every client
    unsaved: float = 10.0  # without a commit: health fails
    drain: float = 10.0  # for the last commit when the process ends
