"""The list of files of a Microsoft cabinet, from its header (MS-CAB 2): nothing in it is unpacked."""

import struct
from collections.abc import Iterator

from tickets.inspection.archives.contents import Contents, Entry

_GOES_ON = 0x0001 | 0x0002  # files that begin in another cabinet, or end there
_UTF8_NAME = 0x80
_LONGEST_NAME = 256


def entries(content: bytes, found: Contents) -> Iterator[Entry]:
    """The names and sizes in a cabinet. Raises struct.error and ValueError on a damaged one."""
    (at,) = struct.unpack_from("<I", content, 16)
    count, flags = struct.unpack_from("<HH", content, 28)
    found.cut |= bool(flags & _GOES_ON)
    for _each in range(count):
        size, _start, _folder, _date, _time, attributes = struct.unpack_from("<IIHHHH", content, at)
        end = content.index(b"\0", at + 16, at + 17 + _LONGEST_NAME)
        name = content[at + 16 : end].decode("utf-8" if attributes & _UTF8_NAME else "cp1252", "replace")
        yield Entry(name.replace("\\", "/"), size)
        at = end + 1
