"""A whole scan: all instances, each on its own, none waiting for another."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from taggarr.core.media import Kind
from taggarr.scan.claims import Claims, places_before
from taggarr.scan.job import InstanceJob, Neighbour, ScanRequest, ScanSummary, World
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
    claims = {kind: _claims([job for job in jobs if job.kind is kind], world) for kind in Kind}
    scanned = [job for job in jobs if isinstance(job, InstanceJob)]
    scans = [InstanceScan(job, world, pool, claims[job.kind], request) for job in scanned]
    with ThreadPoolExecutor(max(1, at_once), thread_name_prefix="taggarr-scan") as executor:
        for job, done in zip(scanned, executor.map(InstanceScan.run, scans), strict=True):
            summary.instances[job.name] = done
    summary.seconds = time.monotonic() - started
    summary.interrupted = world.stop.is_set()
    return summary


def _claims(jobs: Sequence[InstanceJob | Neighbour], world: World) -> Claims:
    absent = {
        job.name: partial(places_before, job.rules, job.memory) for job in jobs if isinstance(job, Neighbour)
    }
    return Claims([job.name for job in jobs], absent, world.stop)
