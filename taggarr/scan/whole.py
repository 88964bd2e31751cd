"""A whole scan: all instances, each on its own, none waiting for another."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from taggarr.scan.claims import Claims
from taggarr.scan.job import InstanceJob, ScanRequest, ScanSummary, World
from taggarr.scan.pool import Pool
from taggarr.scan.run import InstanceScan


def scan(
    number: int, jobs: Sequence[InstanceJob], world: World, pool: Pool, request: ScanRequest, at_once: int
) -> ScanSummary:
    """Scan every instance, `at_once` in parallel; `number` is the scan's own. An instance's failure is its own."""
    summary = ScanSummary(number)
    started = time.monotonic()
    claims = Claims([job.name for job in jobs if job.writes_nfo], {})
    scans = [InstanceScan(job, world, pool, claims, request) for job in jobs]
    with ThreadPoolExecutor(max(1, at_once), thread_name_prefix="taggarr-scan") as executor:
        for job, done in zip(jobs, executor.map(InstanceScan.run, scans), strict=True):
            summary.instances[job.name] = done
    summary.seconds = time.monotonic() - started
    summary.interrupted = world.stop.is_set()
    return summary
