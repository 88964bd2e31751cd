"""`python -m taggarr`."""

from taggarr.cli import main

main()
