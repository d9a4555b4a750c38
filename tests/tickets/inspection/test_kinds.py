"""What files are, by their bytes."""

import pytest

from tests.tickets.inspection import samples
from tests.tickets.inspection.test_raster import png
from tickets.inspection import kinds

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (png(1, 1), "image/png"),
        (samples.PROGRAM, kinds.PROGRAM),
        (samples.ELF, kinds.PROGRAM),
        (samples.SHORTCUT, kinds.SHORTCUT),
        (samples.ISO, kinds.DISK_IMAGE),
        (samples.OLE, kinds.OLD_OFFICE),
        (samples.PDF, "application/pdf"),
        (samples.SEVEN, "application/x-7z-compressed"),
        (samples.HTML, "text/html"),
        (b"\xef\xbb\xbf  " + samples.HTML, "text/html"),
        (b"\xff\xfe" + samples.HTML.decode().encode("utf-16-le"), "text/html"),
        (b"words <IFRAME src=x>", "text/html"),
        (samples.SVG, "image/svg+xml"),
        (b"<x:svg xmlns:x='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b"#!/bin/sh\nrm", kinds.SCRIPT),
        (b'Set a = CreateObject("WScript.Shell")', kinds.SCRIPT),
        (b"@echo off\r\ndel *.*", kinds.SCRIPT),
        (b"powershell -enc AAAA", kinds.SCRIPT),
        (samples.office("word"), WORD),
        (samples.zipped(a__txt=b"x"), "application/zip"),
        (samples.zipped(**{"META-INF___MANIFEST__MF": b"x"}), "application/java-archive"),
        (b"PK\x03\x04 damaged", "application/zip"),
        (samples.tarred("w", a__txt=b"x"), "application/x-tar"),
        (samples.GZIP, "application/gzip"),
        (b"<?xml version='1.0'?><invoice/>", "application/xml"),
        (b"BEGIN:VCALENDAR\r\n", "text/calendar"),
        (b"From: a@b.example\nTo: c@d.example\nSubject: x\n\nwords", "message/rfc822"),
        (b"MZ are the initials of a person.", kinds.PLAIN),
        (b"Just words, and 1 < 2.", kinds.PLAIN),
        ("Слова по-русски".encode("cp1251"), kinds.PLAIN),
        (b"", kinds.PLAIN),
        (bytes(range(256)) * 4, kinds.UNKNOWN),
        (b"ID3\x03\x00" + bytes(300), "audio/mpeg"),
    ],
)
def test_a_kind(content, content_type):
    assert kinds.of(content) == content_type
