"""What may be opened by a click, and what is held, and why."""

import random
import time

import pytest

from tests.tickets.inspection import samples
from tests.tickets.inspection.test_raster import jpeg, png
from tickets.inspection import verdicts
from tickets.inspection.verdicts import Danger

D = Danger


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.png", png(4, 4)),
        ("photo.JPG", jpeg(4, 4)),
        ("invoice.pdf", samples.PDF),
        ("letter.docx", samples.office("word")),
        ("table.xlsx", samples.office("xl")),
        ("old.doc", samples.OLE),
        ("words.txt", b"words"),
        ("server.log", b"@echo off is what I typed\n<script>"),
        ("export.xls", samples.HTML),
        ("invoice.xml", b"<?xml version='1.0'?><table/>"),
        ("mail.eml", b"From: a\nTo: b\nSubject: c\n\n<html>"),
        ("photos.zip", samples.zipped(a__png=png(4, 4), b__txt=b"x")),
        ("photos.tar.gz", samples.tarred("w:gz", a__png=png(4, 4))),
        ("photos.rar", samples.rar4("a.png")),
        ("photos.rar", samples.rar5("a.png")),
        ("words.gz", samples.GZIP),
        ("nameless", b"words"),
        ("", b""),
        ("empty.pdf", b""),
    ],
)
def test_harmless(name, content):
    verdict = verdicts.judge(name, content)
    assert verdict.dangers == () and not verdict.holds


@pytest.mark.parametrize(
    ("name", "content", "dangers"),
    [
        ("setup.exe", samples.PROGRAM, [D.PROGRAM]),
        ("invoice.pdf.exe", samples.PROGRAM, [D.PROGRAM]),
        ("invoice.pdf", samples.PROGRAM, [D.PROGRAM, D.OTHER_THAN_NAMED]),
        ("invoice.exe . .", b"words", [D.PROGRAM]),
        ("a.scr", b"words", [D.PROGRAM]),
        ("program", samples.ELF, [D.PROGRAM]),
        ("a.js", b"words", [D.SCRIPT]),
        ("a.PS1", b"words", [D.SCRIPT]),
        ("a", b"#!/bin/sh\nrm", [D.SCRIPT]),
        ("a.lnk", samples.SHORTCUT, [D.SHORTCUT]),
        ("photo.jpg", samples.SHORTCUT, [D.SHORTCUT, D.OTHER_THAN_NAMED]),
        ("a.iso", samples.ISO, [D.DISK_IMAGE]),
        ("a.img", b"x", [D.DISK_IMAGE]),
        ("a.docm", samples.office("word"), [D.MACROS]),
        ("a.docx", samples.office("word", word___vbaProject__bin=b"x"), [D.MACROS]),
        ("a.xlsx", samples.office("xl", xl___macrosheets___a__xml=b"x"), [D.MACROS]),
        ("a.doc", samples.OLE_MACROS, [D.MACROS]),
        ("a.doc", b"{\\rtf1 \\objdata 00}", [D.MACROS]),
        ("a.html", samples.HTML, [D.ACTIVE_PAGE]),
        ("a.svg", samples.SVG, [D.ACTIVE_PAGE]),
        ("a.png", samples.SVG, [D.ACTIVE_PAGE, D.OTHER_THAN_NAMED]),
        ("a.pdf", samples.HTML, [D.ACTIVE_PAGE, D.OTHER_THAN_NAMED]),
        ("a.zip", samples.zipped(b__exe=b"x"), [D.INSIDE]),
        ("a.zip", samples.zipped(b__txt=samples.PROGRAM), [D.INSIDE]),
        ("a.zip", samples.zipped(b__zip=samples.zipped(c__js=b"x")), [D.INSIDE]),
        ("a.zip", samples.zipped(b__docx=samples.office("word", word___vbaProject__bin=b"x")), [D.INSIDE]),
        ("a.tgz", samples.tarred("w:gz", b__exe=b"x"), [D.INSIDE]),
        ("a.tar", samples.tarred("w", b__txt=samples.PROGRAM), [D.INSIDE]),
        ("a.tar.xz", samples.tarred("w:xz", b__vbs=b"x"), [D.INSIDE]),
        ("a.xz", samples.XZ, [D.INSIDE]),
        ("a.rar", samples.rar4("b.exe"), [D.INSIDE]),
        ("a.rar", samples.rar5("folder/b.exe"), [D.INSIDE]),
        ("a.rar", samples.rar4("b.txt", is_locked=True), [D.ENCRYPTED]),
        ("a.rar", samples.RAR5_LOCKED, [D.ENCRYPTED]),
        ("a.zip", samples.locked(), [D.ENCRYPTED]),
        ("a.7z", samples.SEVEN, [D.CLOSED]),
        ("a.7z", samples.SEVEN_PLAIN, [D.INSIDE]),
        ("a.7z", samples.SEVEN_LOCKED, [D.ENCRYPTED]),
        ("a.7z", samples.SEVEN_HIDDEN, [D.ENCRYPTED]),
        ("a.7z", samples.SEVEN_PLAIN[:-9], [D.CLOSED]),
        ("a.cab", samples.cabinet("b.txt", "folder\\b.exe"), [D.INSIDE]),
        ("a.cab", samples.cabinet("b.txt", "c.zip"), [D.CLOSED]),
        ("a.cab", samples.cabinet("b.txt", goes_on=True), [D.CLOSED]),
        ("a.cab", samples.cabinet("b.txt")[:50], [D.CLOSED]),
        ("a.zst", samples.zstandardised(samples.PROGRAM), [D.INSIDE]),
        ("a.tar.zst", samples.zstandardised(samples.tarred("w", b__js=b"x")), [D.INSIDE]),
        ("a.zst", b"\x28\xb5\x2f\xfd damaged", [D.CLOSED]),
        ("a.zip", b"PK\x03\x04 damaged", [D.CLOSED]),
        ("a.gz", samples.GZIP[:-9], [D.CLOSED]),
        ("a.jar", samples.zipped(**{"META-INF___MANIFEST__MF": b"x"}), [D.PROGRAM]),
    ],
)
def test_held(name, content, dangers):
    verdict = verdicts.judge(name, content)
    assert list(verdict.dangers) == dangers and verdict.holds


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", png(4, 4)), ("a.png", b"words"), ("a.docx", samples.PDF)]
)
def test_only_marked(name, content):
    verdict = verdicts.judge(name, content)
    assert verdict.dangers == (D.OTHER_THAN_NAMED,) and not verdict.holds


def test_what_is_inside_is_listed():
    verdict = verdicts.judge("a.zip", samples.zipped(folder___b__txt=b"words", c__png=png(4, 4)))
    assert verdict.entries == (("folder/b.txt", 5), ("c.png", 33)) and verdict.count == 2
    many = verdicts.judge("a.zip", samples.zipped(**{f"n{number}__txt": b"x" for number in range(300)}))
    assert len(many.entries) == verdicts.LISTED and many.count == 300


@pytest.mark.parametrize(
    ("name", "content", "entries"),
    [
        ("a.7z", samples.SEVEN_TEXT, (("a.txt", 3),)),
        ("a.cab", samples.cabinet("b.txt", "mappa\\számla.pdf"), (("b.txt", 5), ("mappa/számla.pdf", 5))),
        ("a.tar.zst", samples.zstandardised(samples.tarred("w", b__txt=b"words")), (("b.txt", 5),)),
    ],
)
def test_harmless_names_of_other_formats_are_listed_and_open(name, content, entries):
    verdict = verdicts.judge(name, content)
    assert (verdict.entries, verdict.dangers) == (entries, ())


def test_names_are_read_in_any_script():
    told = verdicts.judge("a.7z", samples.SEVEN_PLAIN).entries
    assert told == (("számla.exe", 52), ("docs/отчёт.txt", 5), ("empty.txt", 0))


def test_a_zstandard_bomb_is_given_up():
    content = samples.zstandardised(samples.tarred("w", a__txt=bytes(200_000_000)))
    begun = time.process_time()
    verdict = verdicts.judge("a.tar.zst", content)
    assert D.BOMB in verdict.dangers and time.process_time() - begun < 3


def test_a_header_that_wants_much_memory_is_not_unpacked():
    wanting = bytearray(samples.SEVEN_PLAIN)
    wanting[wanting.rindex(b"\x21\x21\x01") + 3] = 40  # LZMA2 with a window of 4 GB
    assert verdicts.judge("a.7z", bytes(wanting)).dangers == (D.CLOSED,)


def test_a_bomb_goes_off_nowhere():
    content = samples.bomb()
    begun = time.process_time()
    verdict = verdicts.judge("a.zip", content)
    assert D.BOMB in verdict.dangers and time.process_time() - begun < 2


def test_a_packed_tar_without_end_is_given_up():
    content = samples.tarred("w:gz", a__txt=bytes(200_000_000))
    begun = time.process_time()
    verdict = verdicts.judge("a.tgz", content)
    assert verdict.holds and time.process_time() - begun < 3


def test_archives_in_archives_in_archives_are_not_followed_for_ever():
    content = samples.zipped(a__txt=b"x")
    for _level in range(6):
        content = samples.zipped(inner__zip=content)
    assert Danger.INSIDE in verdicts.judge("a.zip", content).dangers
    assert verdicts.judge("a.zip", samples.zipped(b__zip=samples.zipped(c__txt=b"x"))).dangers == ()


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_never_raise(seed):
    rng = random.Random(seed)
    sources = [samples.zipped(a__exe=b"x" * 50), samples.rar4("a.exe"), samples.rar5("a.exe"), samples.XZ]
    sources += [
        samples.tarred("w:gz", a__txt=b"x"),
        samples.tarred("w", a__txt=b"x"),
        samples.BZIP2,
        samples.SEVEN_PLAIN,
        samples.SEVEN_LOCKED,
        samples.cabinet("a.txt", "b.exe"),
        samples.zstandardised(samples.tarred("w", a__txt=b"x")),
        png(9, 9),
    ]
    for source in sources:
        damaged = bytearray(source)
        for _hit in range(rng.randint(1, 12)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        verdicts.judge("a.zip", bytes(damaged[: rng.randint(1, len(damaged))]))
