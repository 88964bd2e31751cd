"""The runtime checks: what would keep scans from working, each with what mends it. Prints nothing."""
