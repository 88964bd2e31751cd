"""The one use case: read, judge, plan and apply, per instance."""
