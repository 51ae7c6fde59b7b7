"""Swaps two files, and recognises an open one, by system calls missing in Python."""

import ctypes
import errno
import os
import sys
from pathlib import Path

#: The file system, or the system, has no such call. Some say so with EPERM, of hard links too.
UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EPERM})

if sys.platform == "linux":
    import fcntl
    import signal

    #: None where the C library is older than 2018, or has no such call.
    _renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    _WORKING_FOLDER = -100
    _EXCHANGE = 2

    def swap(one: Path, other: Path) -> None:
        """Exchange two files' names in one step. Raises OSError, with one of UNSUPPORTED where it cannot be done."""
        if _renameat2 is None:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
        if _renameat2(_WORKING_FOLDER, os.fsencode(one), _WORKING_FOLDER, os.fsencode(other), _EXCHANGE):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(other))

    def is_open_for_writing(path: Path) -> bool:
        """Whether a program may still write into the file. False where the system does not tell."""
        try:
            handle = os.open(path, os.O_RDONLY)
        except OSError:
            return False
        try:
            # The signal to who holds a lease would end the process; this one is ignored.
            fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
            # Granted only while nobody has the file open for writing.
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except OSError as error:
            return error.errno == errno.EAGAIN
        finally:
            os.close(handle)
        return False

else:

    def swap(one: Path, other: Path) -> None:
        """Not offered here. Raises OSError with one of UNSUPPORTED."""
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    def is_open_for_writing(path: Path) -> bool:
        """Not told here."""
        return False
