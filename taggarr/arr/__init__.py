"""Sonarr and Radarr over HTTP: one client per instance, in the words of `taggarr.core`.

`SonarrClient` and `RadarrClient` may be used by several threads at once. Facts about the products that are
named in comments were read in the sources of Sonarr 4.0.19 and Radarr 6.1.0.
"""

from taggarr.arr.radarr import RadarrClient
from taggarr.arr.sonarr import SonarrClient

__all__ = ["RadarrClient", "SonarrClient"]
