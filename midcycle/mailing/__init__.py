"""Letters: written by following the journal, sent from an outbox."""
