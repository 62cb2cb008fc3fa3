"""The page of exchange: packages go out, come back, and what differs is settled."""
