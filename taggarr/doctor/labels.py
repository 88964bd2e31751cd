"""What an arr does with our labels beside showing them, and with the NFO files that we edit."""

from collections.abc import Iterator

from taggarr.core.counting import counted
from taggarr.core.media import Kind
from taggarr.doctor.check import Check, ok, warning
from taggarr.doctor.ports import Server, Subject

RULES = "auto-tags"
USES = "label-uses"
KODI = "kodi"


def uses(subject: Subject, arr: Server) -> Iterator[Check]:
    """Auto-tag rules that own our labels, and what else a label switches on. Raises `ArrError`."""
    mine = [use for use in arr.label_uses() if use.label in subject.labels]
    ruled = [use for use in mine if use.rules]
    for use in ruled:
        rules = ", ".join(f"“{rule}”" for rule in use.rules)
        yield warning(
            RULES,
            subject.name,
            f"the label {use.label} is used by {counted(len(use.rules), 'auto-tag rule')} of {subject.app}: {rules}; "
            "a rule that sets or removes it undoes what Taggarr writes",
            f"take it out of the rule ({subject.app} > Settings > Tags), or choose another label under `tags`",
        )
    shared = [use for use in mine if use.others]
    for use in shared:
        what = ", ".join(counted(count, word) for word, count in use.others)
        yield warning(
            USES,
            subject.name,
            f"the label {use.label} also belongs to {what} of {subject.app}: titles that get the label get these, too",
            f"take it away there ({subject.app} > Settings > Tags lists them), or choose another label under `tags`",
        )
    if not ruled and not shared:
        yield ok(
            USES,
            subject.name,
            f"nothing else in {subject.app} uses the labels {', '.join(sorted(subject.labels))}",
        )


def kodi(subject: Subject, arr: Server) -> Check:
    """Whether the arr writes NFO files itself. Raises `ArrError`."""
    consumer = arr.nfo_consumer()
    if not consumer.enabled:
        return ok(
            KODI,
            subject.name,
            f"{subject.app} writes no Kodi NFO files; Taggarr edits those that are there and makes none",
        )
    name = "tvshow.nfo"
    if subject.kind is Kind.MOVIE:
        name = "movie.nfo" if consumer.movie_nfo else "an NFO named like the film"
    message = f"{subject.app} writes Kodi metadata itself ({name}), with its own tags, whenever it finds something new"
    if any(policy.add_tag_to_genre for policy in subject.rules.policies):
        return warning(
            KODI,
            subject.name,
            f"{message}: the genre of add_tag_to_genre is lost each time, and written again by the next scan",
            f"turn add_tag_to_genre off, or the metadata writer of {subject.app}",
        )
    return ok(KODI, subject.name, message)
