"""The product's rules: pure functions over frozen values. No I/O, no clock, no logging, no settings."""
