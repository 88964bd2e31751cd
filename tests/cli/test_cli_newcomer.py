"""What a first configuration gets wrong, and how a scan tells of it."""

from taggarr.simulator.collection import audio

DUBBED = audio("jpn", "eng")


def test_a_folder_that_is_not_here_is_told_of(place):
    """The arr's data stand in for the files, so the scan says that it found none of them, and where it looked."""
    place.collection.movie("Film", DUBBED)
    place.configure(films=f', path_mappings: [{{arr: "{place.folder}/movies", local: /nowhere/movies}}]')
    result = place.run("scan", "-i", "films", "--dry-run")
    assert (result.code, "● 1 dub" in result.out) == (0, True)
    assert (
        "films: 1 of 1 files could not be read on this machine; for them an earlier reading stands, or "
        "what the arr says; the first: /nowhere/movies/Film/Film.mkv: there is no such file. Is the disk there, "
        "and does path_mappings say where the arr's folders lie here?\n"
    ) in result.err
    assert "could not be read on this machine" in place.run("explain", "Film").err


def test_what_stands_in_is_counted_where_it_is_not_for_all(place):
    """Of one film the arr has looked into the file, of the other it has not."""
    place.collection.movie("Film", DUBBED)
    place.collection.movie("Unseen", b"no video")
    for title in ("Film", "Unseen"):
        (place.folder / "movies" / title / f"{title}.mkv").unlink()
    err = place.run("scan", "-i", "films").err
    assert (
        "2 of 2 files could not be read on this machine; for 1 of them an earlier reading stands, or" in err
    )


def test_one_file_that_is_gone_needs_no_mapping(place):
    """The others are there: the file is named, without a question about the disk."""
    place.collection.movie("Film", DUBBED)
    place.collection.movie("Gone", DUBBED)
    (place.folder / "movies" / "Gone" / "Gone.mkv").unlink()
    place.configure("target_languages: [en], audio_source: files")
    err = place.run("scan", "-i", "films").err
    assert "films: 1 of 2 files could not be read on this machine; the first: " in err
    assert "path_mappings" not in err


def test_a_library_that_is_all_left_out_is_told_of(place):
    """A wrong root, or a genre that nothing has, is not taken for an empty library."""
    film = place.collection.movie("Film", DUBBED)
    place.configure(films=", root_path: /media/films")
    wrong_root = place.run("scan", "-i", "films").err
    assert (
        f"films: none of the 1 titles lies in /media/films; the first: {place.folder}/movies/Film. Check root_path"
    ) in wrong_root
    place.configure(films=", target_genre: Animation")
    wrong_genre = place.run("scan", "-i", "films").err
    assert (
        "films: the configuration leaves out all of the 1 titles; the first: Film: it is not" in wrong_genre
    )
    assert place.radarr.all_tags()[film] == set()


def test_an_arr_that_is_down_has_no_counts(place):
    """Nothing is known of it, so no "0 movies" is shown, and no hint at writing."""
    place.radarr.api_key = "changed"
    result = place.run("scan", "-i", "films", "--dry-run")
    assert (result.code, len(result.out.splitlines())) == (1, 1)
    assert result.out.startswith("Scan 1: 0 files read")
    assert "refuses the API key" in result.err


def test_an_item_is_counted_where_it_is(place):
    """The other instances have nothing to say about it."""
    place.collection.movie("Film", DUBBED)
    out = place.run("scan", "--item", "Film").out
    assert "films: 1 movie, 1 file\n" in out
    assert "tv:" not in out


def test_a_relative_path_is_taken_from_here(place, monkeypatch):
    """As a shell completes it, for `explain` and `--item`."""
    place.collection.movie("Film", DUBBED)
    monkeypatch.chdir(place.folder / "movies")
    assert place.run("explain", "./Film").out.startswith("Film")
    assert "films: 1 movie" in place.run("scan", "--item", "../movies/Film/").out
    assert place.run("explain", "./Nothing").code == 2
