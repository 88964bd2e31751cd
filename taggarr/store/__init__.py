"""Everything that is kept: one SQLite file in the data folder, reached through SQLAlchemy Core."""
