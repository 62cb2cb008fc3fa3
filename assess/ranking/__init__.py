"""The position of many units on many items: nearness to the ideal, grey relations, rank sums, fuzzy grades, scales."""
