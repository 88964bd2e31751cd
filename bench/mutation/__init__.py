"""Mutation testing of `taggarr/core` with mutmut: `python3 dev.py mutate`. See `docs/mutation.md`."""
