"""Logs do not grow for ever, and tell what was asked for."""

import structlog

from helpdesk.embedded import logs


def test_a_large_log_is_laid_aside_once(tmp_path):
    path = tmp_path / "logs" / "web-1.log"
    with logs.opened(path) as log:
        log.write(b"x" * (logs.LARGEST + 1))
    with logs.opened(path) as log:
        log.write(b"new")
    assert path.read_bytes() == b"new"
    assert path.with_name("web-1.log.1").stat().st_size == logs.LARGEST + 1


def test_a_small_one_goes_on(tmp_path):
    path = tmp_path / "web-1.log"
    for word in (b"a", b"b"):
        with logs.opened(path) as log:
            log.write(word)
    assert path.read_bytes() == b"ab"


def test_what_is_below_the_level_is_not_told(capsys):
    log = structlog.get_logger("desk")
    log.info("token.made")
    log.warning("mailbox.silent")
    told = capsys.readouterr().out
    assert "mailbox.silent" in told and "token.made" not in told
