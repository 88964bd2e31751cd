"""A stateful Sonarr and Radarr, and a maker of small real media files: for the demo, the tests and the benchmarks."""

from taggarr.simulator.arr_process import RemoteSimulator, in_process
from taggarr.simulator.arr_radarr import RadarrSimulator
from taggarr.simulator.arr_sonarr import SonarrSimulator
from taggarr.simulator.faults import FaultKind, Faults
from taggarr.simulator.http_log import LoggedRequest, RequestLog

__all__ = [
    "FaultKind",
    "Faults",
    "LoggedRequest",
    "RadarrSimulator",
    "RemoteSimulator",
    "RequestLog",
    "SonarrSimulator",
    "in_process",
]
