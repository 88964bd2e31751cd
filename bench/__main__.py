"""`python3 dev.py bench`: start-up times, scans of a large library, and what its journal costs; `bench probe`: reading files."""

import argparse
from pathlib import Path

from bench.journal import journal
from bench.probe import probe
from bench.scans import bench, growth
from bench.starts import starts


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--series", type=int, default=2000)
    parser.add_argument("--files", type=int, default=25, help="files of each series")
    parser.add_argument("--movies", type=int, default=2000)
    parser.add_argument("--changes", type=int, default=20)
    parser.add_argument("--growth", action="store_true", help="a quarter of the library first, and the ratio")
    parser.add_argument("--folder", type=Path, help="where files are made for the time of the run")
    only = parser.add_subparsers(dest="only", metavar="[probe]")
    only.add_parser("probe", help="our readers beside libmediainfo, on the same files")
    options = parser.parse_args()
    if options.only == "probe":
        probe(options.folder)
        return
    starts()
    sizes = (options.series, options.files, options.movies, options.changes, options.folder)
    if options.growth:
        quarter = bench(
            options.series // 4, options.files, options.movies // 4, options.changes, options.folder
        )
        growth(quarter, bench(*sizes), 4)
    else:
        bench(*sizes)
    journal(options.series, options.files, options.movies, options.folder)


if __name__ == "__main__":
    main()
