"""The tables, as the migrations in `migrations/` leave them; a test compares the two.

Lists and readings are JSON text. Times are ISO 8601 in UTC; `mtime_ns` is a text too, for a file may be
dated beyond the year 2262, where nanoseconds need more than SQLite's 64 bits. A row of `files` keeps the last
reading that rests on the file's content together with what one `stat` said then; it may be there before
the row of its item. Its key names the item, too: an arr that was restored from a backup gives the ids of one
item's files to another's, and nobody may lose a file by that. Scans and changes are numbered by AUTOINCREMENT: a number is never used twice.
A `taggarr.json` is imported by each instance that has titles beside it, and written by all of them together.
A row of `overrides` stays when its item is gone, and follows the catalogue id.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

instances = Table(
    "instances",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("url", Text, nullable=False),
)

items = Table(
    "items",
    metadata,
    Column("instance_id", ForeignKey("instances.id", ondelete="CASCADE"), primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("listed", Text, nullable=False),  # the Item as the arr listed it, without files
    Column("local", Text, nullable=False),
    Column("original", Text),
    Column("verdict", Text),
    Column("rule", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("label", Text),
    Column("sampled", Integer, nullable=False),
    Column("full_label", Text),
    Column("languages", Text, nullable=False),
    Column("missing", Text, nullable=False),
    Column("foreign", Text, nullable=False),
    Column("problem", Text),
    Column("undone", Text, nullable=False),
    Column("file_count", Integer),  # of the list that `listed` has the fingerprint of
    Column("held", Text, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("instance_id", ForeignKey("instances.id", ondelete="CASCADE"), primary_key=True),
    Column("item_id", Integer, primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("path", Text, nullable=False),
    Column("relative_path", Text, nullable=False),
    Column("local", Text, nullable=False),
    Column("arr_size_bytes", Integer, nullable=False),
    Column("season", Integer),
    Column("episodes", Text, nullable=False),
    Column("arr_audio", Text),
    Column("size_bytes", Integer),
    Column("mtime_ns", Text),
    Column("reading", Text),
)

overrides = Table(
    "overrides",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("instance_id", ForeignKey("instances.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("item_id", Integer, nullable=False),
    Column("catalogue_id", Integer),
    Column("title", Text, nullable=False),
    Column("year", Integer),
    Column("original", Text),
    Column("targets", Text, nullable=False),
    Column("excluded", Integer),
    Column("at", Text, nullable=False),
    sqlite_autoincrement=True,
)

nfos = Table(
    "nfos",
    metadata,
    Column("path", Text, primary_key=True),
    Column("instance_id", ForeignKey("instances.id", ondelete="CASCADE"), nullable=False),
    Column("item_id", Integer, nullable=False),
    Column("size_bytes", Integer),
    Column("mtime_ns", Text),
    Column("tags", Text, nullable=False),
    Column("genres", Text, nullable=False),
    Column("genre_ours", Integer, nullable=False),
    Column("problem", Text),
    Index("ix_nfos_item", "instance_id", "item_id"),
)

scans = Table(
    "scans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("mode", Integer, nullable=False),
    Column("quick", Integer, nullable=False),
    Column("preview", Integer, nullable=False),
    Column("summary", Text),
    Column("undoes", ForeignKey("scans.id")),  # the scan that this one took back
    sqlite_autoincrement=True,
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scan_id", ForeignKey("scans.id"), nullable=False, index=True),
    Column("instance_id", ForeignKey("instances.id"), nullable=False),
    Column("item_id", Integer, nullable=False),
    Column("catalogue_id", Integer),
    Column("title", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("ix_changes_item", "instance_id", "item_id"),
    sqlite_autoincrement=True,
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("change_id", ForeignKey("changes.id"), primary_key=True),
    Column("result", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("error", Text),
    Column("at", Text, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("instance_id", ForeignKey("instances.id", ondelete="CASCADE"), primary_key=True),
    Column("path", Text, primary_key=True),
    Column("size_bytes", Integer, nullable=False),
    Column("mtime_ns", Text, nullable=False),
    Column("labels", Text, nullable=False),
    Column("tags", Text, nullable=False),  # one EarlierTag a title
    Column("problem", Text),
    Column("at", Text, nullable=False),
)

state_files = Table(
    "state_files",
    metadata,
    Column("path", Text, primary_key=True),
    Column("digests", Text, nullable=False),
    Column("size_bytes", Integer),
    Column("mtime_ns", Text),
    Column("basis", Text, nullable=False),
)
