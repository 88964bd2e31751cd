"""Run a command for which a folder is a share that stopped answering: `hanging_share.py WHAT FOLDER COMMAND…`.

The share is a FUSE file system. WHAT hangs is `everything`: it answers the kernel's first request and then
reads no other one, so whatever touches the folder waits, `stat` of the folder itself, too. Or it is
`reads`: one video can be opened, and what is in it never comes. A request that nobody has read can still be
killed; one that was read and is not answered could not be, so none is. The mount is in a namespace of its
own, which nobody else sees, and is detached at the end, whatever came of the command.

The exit code is the command's; 75 with a reason on standard error where this machine has no FUSE for us.
"""

import ctypes
import errno
import os
import signal
import stat
import struct
import subprocess
import sys
import threading

NO_FUSE = 75  # EX_TEMPFAIL of sysexits.h

# <sched.h>, <sys/mount.h>
_CLONE_NEWNS, _MS_REC, _MS_PRIVATE, _MNT_DETACH = 0x20000, 0x4000, 0x40000, 2
# <linux/fuse.h>: the header of a request (length, opcode, unique, …) is 40 bytes long, that of an answer 16
_MINOR, _IN_HEADER, _INIT_OUT = 36, 40, 64
_LOOKUP, _FORGET, _GETATTR, _OPEN, _BATCH_FORGET = 1, 2, 3, 14, 42
# FOPEN_DIRECT_IO and FOPEN_NOFLUSH: as NFS and SMB, closing what was only read asks nobody (FUSE else waits
# for an answer at the end of the process, too, and nothing can end that wait)
_AS_NFS, _MINOR_OF_NOFLUSH = 1 | 1 << 5, 35
_ROOT, _VIDEO, _DAY_S = 1, 2, 86400

_libc = ctypes.CDLL(None, use_errno=True)


def main(what, folder, command):
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
        minor = _greet(device)
        if what == "reads":
            if minor < _MINOR_OF_NOFLUSH:
                return _no_fuse("this kernel cannot close a file without asking the file system")
            threading.Thread(target=_serve_until_opened, args=(device,), daemon=True).start()
        child = subprocess.Popen(command)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, _: child.send_signal(number))
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
    """Answer INIT, without which nothing reaches the file system; the kernel's minor version of the protocol."""
    request = os.read(device, 1 << 16)
    unique, major, minor = (
        *struct.unpack_from("<Q", request, 8),
        *struct.unpack_from("<II", request, _IN_HEADER),
    )
    _answer(device, unique, struct.pack("<II", major, min(minor, _MINOR)).ljust(_INIT_OUT, b"\0"))
    return minor


def _answer(device, unique, body=b"", error=0):
    os.write(device, struct.pack("<IiQ", 16 + len(body), -error, unique) + body)


def _serve_until_opened(device):
    """Answer as a share with one video in it, whatever its name, up to where it is opened."""
    opcode = None
    while opcode != _OPEN:
        try:
            request = os.read(device, 1 << 16)
        except OSError:
            return  # unmounted before
        opcode, unique, node = struct.unpack_from("<IQQ", request, 4)
        if opcode == _LOOKUP:
            _answer(
                device, unique, struct.pack("<QQQQII", _VIDEO, 0, _DAY_S, _DAY_S, 0, 0) + _attributes(_VIDEO)
            )
        elif opcode == _GETATTR:
            _answer(device, unique, struct.pack("<QII", _DAY_S, 0, 0) + _attributes(node))
        elif opcode == _OPEN:
            _answer(device, unique, struct.pack("<QII", 0, _AS_NFS, 0))
        elif opcode not in (_FORGET, _BATCH_FORGET):  # which want no answer
            _answer(device, unique, error=errno.ENOSYS)


def _attributes(node):
    mode = stat.S_IFDIR | 0o755 if node == _ROOT else stat.S_IFREG | 0o644
    return struct.pack("<6Q3I7I", node, 1 << 20, 0, 0, 0, 0, 0, 0, 0, mode, 1, 0, 0, 0, 4096, 0)


def _no_fuse(reason):
    sys.stderr.write(f"{reason}\n")
    return NO_FUSE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
