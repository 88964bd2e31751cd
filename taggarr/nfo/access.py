"""Whether this process would be allowed to edit an NFO, as far as can be seen without trying."""

import errno
import os
import stat
import sys
from pathlib import Path


def check_access(path: Path, seen: os.stat_result) -> None:
    """Raise the `OSError` that replacing the file at `path` (no symbolic link), which is as `seen`, would end in.

    That takes the right to write the file and its folder, and to give the new file the old one's owner and
    group. None of it shows in the file's time or size, so it is asked each time.
    """
    for place in (path, path.parent):
        if not os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            read_only = sys.platform != "win32" and os.statvfs(place).f_flag & os.ST_RDONLY
            number = errno.EROFS if read_only else errno.EACCES
            raise OSError(number, os.strerror(number))
    if sys.platform != "win32" and os.geteuid() != 0 and not _may_keep_owner(path, seen):
        owner = f"user {seen.st_uid}, group {seen.st_gid}"
        problem = f"it belongs to {owner}, and an edited file of this process would not"
        raise PermissionError(errno.EPERM, problem)


def _may_keep_owner(path: Path, seen: os.stat_result) -> bool:
    folder = path.parent.stat()
    inherited = bool(folder.st_mode & stat.S_ISGID) and folder.st_gid == seen.st_gid
    return seen.st_uid == os.geteuid() and (inherited or seen.st_gid in {os.getegid(), *os.getgroups()})
