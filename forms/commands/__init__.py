"""The commands of `zhiheng`: each module one group of verbs, none of them needs a display."""
