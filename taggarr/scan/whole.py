"""A whole scan: all instances, each on its own, none waiting for another."""

import gc
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from taggarr.core.media import Kind
from taggarr.scan.claims import Claims, written_before
from taggarr.scan.job import InstanceJob, Neighbour, ScanRequest, ScanSummary, World
from taggarr.scan.places import Places
from taggarr.scan.pool import Pool
from taggarr.scan.run import InstanceScan


def scan(
    number: int,
    jobs: Sequence[InstanceJob | Neighbour],
    world: World,
    pool: Pool,
    request: ScanRequest,
    at_once: int,
) -> ScanSummary:
    """Scan every instance of `jobs`, `at_once` in parallel; `number` is the scan's own.

    `jobs` are in the order of the configuration, with the neighbours that are not scanned. An instance's
    failure is its own.
    """
    summary = ScanSummary(number)
    started = time.monotonic()
    pool.forgive()
    places = Places(world.disk, pool)
    writers = [job for job in jobs if isinstance(job, InstanceJob) or job.enabled]
    claims = {kind: _claims([job for job in writers if job.kind is kind], world, places) for kind in Kind}
    scanned = [job for job in jobs if isinstance(job, InstanceJob)]
    scans = [InstanceScan(job, world, pool, places, claims[job.kind], request) for job in scanned]
    with _few_collections(), ThreadPoolExecutor(max(1, at_once), "taggarr-scan") as executor:
        for done in executor.map(InstanceScan.run, scans):
            summary.instances[done.name] = done
    for one in scans:
        one.write_state(jobs)  # all have imported, and go one after the other: they may share a file
    summary.seconds = time.monotonic() - started
    summary.interrupted = world.stop.is_set()
    return summary


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look less often for cycles of garbage: frozen values have none (measured: 28 % of a scan's time)."""
    before = gc.get_threshold()
    gc.set_threshold(20_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _claims(jobs: Sequence[InstanceJob | Neighbour], world: World, places: Places) -> Claims:
    absent = {
        job.name: partial(written_before, job.rules, job.memory, places)
        for job in jobs
        if isinstance(job, Neighbour)
    }
    return Claims([job.name for job in jobs], absent, world.stop)
