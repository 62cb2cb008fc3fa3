"""Planning: the gaps to a stage and the road map that closes them."""
