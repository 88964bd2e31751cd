"""What each key means, in one sentence: written here once, for `taggarr config schema` and for the reference.

The tables of `docs/reference/configuration.md` hold the same sentences; a test tells where they differ.
"""

SECTIONS = {
    "": "The configuration of Taggarr",
    "scan": "how scans run",
    "logging": "what is written down",
    "defaults": "what holds for every instance",
    "defaults.tags": "the label of each verdict",
    "defaults.exclude": "titles that are left alone: any one criterion will do",
    "instances": "each Sonarr and Radarr",
    "instances.NAME.path_mappings.arr": "the folder as the arr names it",
    "instances.NAME.path_mappings.local": "the same folder on this machine",
    "profiles": "rules for some titles",
    "profiles.NAME.match": "what titles the profile is for: every key that is given must hold, of its values any",
}

KEYS = {
    "scan.workers": "files read at the same time, by all instances together; 1 to 64",
    "scan.instance_workers": "instances scanned at the same time; 1 to 64",
    "scan.executor": "what reads in parallel: `threads`",
    "scan.verify_files": "how often a scheduled scan looks at every file on the disk: `always`, `daily` or `weekly` (for disks that sleep). A scan that a person starts always does",
    "logging.level": "`debug`, `info`, `warning` or `error`",
    "logging.path": "a file, rotated at 5 MiB, of which five are kept; a folder gets `taggarr.log`. A path that is not absolute lies in the data folder. `null`: standard error",
    "logging.format": "`text`, or `json` (one object a line)",
    "defaults.target_languages": "the languages you want to hear: a list, or one text with commas",
    "defaults.tags.dub": "label of titles with every target language",
    "defaults.tags.semi": "label of titles where some of it is missing",
    "defaults.tags.wrong": "label of titles dubbed in a language nobody asked for",
    "defaults.tags.original": "label of titles in their original language; `null`: none",
    "defaults.target_genre": "only titles of this genre are judged; `null`: all",
    "defaults.add_tag_to_genre": "flag: write `<genre>Dub</genre>` into the NFO of titles whose verdict is dub",
    "defaults.write_nfo": "`auto` edits NFO files where it can, `always` makes one that could not be written an error, `never` touches none",
    "defaults.audio_source": "`files` reads the files, `arr` takes what Sonarr or Radarr knows, `auto` the second where the first fails",
    "defaults.untagged": "what a first track without a language is: `original`, `unknown`, or a language (then every such track is)",
    "defaults.unknown_region": "whether a track `pt` satisfies `pt-BR`: `accept` or `reject`",
    "defaults.extra_languages": "whether a language that is neither original nor target makes a wrong dub by itself: `allow` (no) or `flag` (yes)",
    "defaults.count_original_as_dub": "flag: an original in a target language counts as dub",
    "defaults.specials": "whether season 0 counts: `ignore` or `include`",
    "defaults.unmonitored_seasons": "whether other seasons that are not monitored count: `include` or `ignore`",
    "defaults.write_state_json": "flag: write `taggarr.json` into each root folder, in the format of earlier versions",
    "defaults.quick_mode": "flag: read the first file of each season only",
    "defaults.dry_run": "flag: show what would be done, and change nothing",
    "defaults.run_interval_seconds": "seconds between two scans of `taggarr scan --loop`",
    "defaults.schedule": "a cron expression of five fields instead of the interval: `0 4 * * *`",
    "defaults.exclude.tags": "titles with one of these tags in Sonarr or Radarr are left alone",
    "defaults.exclude.series_types": "series of these types are: `standard`, `daily`, `anime`",
    "defaults.exclude.genres": "titles of one of these genres are",
    "defaults.exclude.titles": "titles with one of these names are",
    "defaults.exclude.unmonitored": "flag: titles that are not monitored are",
    "instances.NAME.type": "`sonarr` or `radarr`",
    "instances.NAME.url": "the address, with the URL base if there is one: `http://localhost:8989/sonarr`",
    "instances.NAME.api_key": "from Settings → General",
    "instances.NAME.enabled": "flag: `false` is not scanned; its labels stay",
    "instances.NAME.tls_verify": "whether certificates are checked: `true`, `false`, or the absolute path of a CA bundle",
    "instances.NAME.timeout_s": "seconds for a whole call, at most 3600; bulk edits may take twice that",
    "instances.NAME.root_path": "the folder to look at; neither this nor `root_paths`: all root folders of the arr",
    "instances.NAME.root_paths": "several folders, instead of `root_path`",
    "instances.NAME.path_mappings": "a list of `{arr: /tv, local: /media/tv}`: the folder as the arr names it, and the same folder on this machine",
    "profiles.NAME.match.arr_tags": "tags in Sonarr or Radarr",
    "profiles.NAME.match.series_types": "`standard`, `daily`, `anime`",
    "profiles.NAME.match.genres": "genres",
    "profiles.NAME.match.roots": "folders, as the arr or this machine names them",
}


def meaning(key: str) -> str:
    """The sentence of a key path, those of `defaults` for the same keys of instances and profiles."""
    parts = key.split(".", 2)
    own = KEYS.get(key) or SECTIONS.get(key)
    return own or meaning(f"defaults.{parts[2]}")
