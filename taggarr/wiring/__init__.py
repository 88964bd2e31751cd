"""Builds everything from a configuration: the only package that knows the edges.

One module for each thing that a command needs, so that none pays at start-up for what it does not use:
`scanner` scans and explains, `library` shows what is stored, `overrides` changes what a person said, `tracks` reads
single files, `doctor` makes the checks, `report` what is sent of them, and `first_look` what `config init` finds out.
"""
