"""What invoices and accounts are called, what state they are in, and what may happen to them. Pure."""
