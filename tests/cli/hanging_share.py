"""Run a command for which the folder FOLDER is a share that stopped answering: `hanging_share.py FOLDER COMMAND…`.

A FUSE file system answers the kernel's first request and then reads no other one, so whatever touches the
folder waits: `stat` of the folder itself, too. What it has not read can still be killed; a request that was
read and is not answered could not, so none is. The mount is in a namespace of its own, which nobody else
sees, and is detached at the end, whatever came of the command.

The exit code is the command's; 75 with a reason on standard error where this machine has no FUSE for us.
"""

import ctypes
import os
import signal
import struct
import subprocess
import sys

NO_FUSE = 75  # EX_TEMPFAIL of sysexits.h

# <sched.h>, <sys/mount.h>
_CLONE_NEWNS, _MS_REC, _MS_PRIVATE, _MNT_DETACH = 0x20000, 0x4000, 0x40000, 2
# <linux/fuse.h>: the header of a request (length, opcode, unique, …) is 40 bytes long, that of an answer 16
_MINOR, _IN_HEADER, _INIT_OUT = 31, 40, 64

_libc = ctypes.CDLL(None, use_errno=True)


def main(folder, command):
    try:
        device = os.open("/dev/fuse", os.O_RDWR)
    except OSError as error:
        return _no_fuse(f"/dev/fuse: {error.strerror}")
    try:
        _mount(device, folder)
    except OSError as error:
        os.close(device)
        return _no_fuse(f"mount: {error.strerror}")
    try:
        _greet(device)
        child = subprocess.Popen(command)
        signal.signal(signal.SIGTERM, lambda number, _: child.send_signal(number))
        return child.wait()
    finally:
        _libc.umount2(os.fsencode(folder), _MNT_DETACH)
        os.close(device)  # which ends what still waits


def _mount(device, folder):
    _demand(_libc.unshare(_CLONE_NEWNS))
    _demand(_libc.mount(None, b"/", None, ctypes.c_ulong(_MS_REC | _MS_PRIVATE), None))
    options = f"fd={device},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()}".encode()
    _demand(_libc.mount(b"share", os.fsencode(folder), b"fuse", ctypes.c_ulong(0), options))


def _demand(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _greet(device):
    """Answer INIT; without it nothing reaches the file system."""
    request = os.read(device, 1 << 16)
    unique, major, minor = (
        *struct.unpack_from("<Q", request, 8),
        *struct.unpack_from("<II", request, _IN_HEADER),
    )
    body = struct.pack("<II", major, min(minor, _MINOR)).ljust(_INIT_OUT, b"\0")
    os.write(device, struct.pack("<IiQ", 16 + len(body), 0, unique) + body)


def _no_fuse(reason):
    sys.stderr.write(f"{reason}\n")
    return NO_FUSE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
