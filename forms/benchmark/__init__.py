"""The benchmark page: peers, positions and distances."""
