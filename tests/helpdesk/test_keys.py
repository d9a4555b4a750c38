"""A key is made once, stays, and is nobody else's business."""

from concurrent.futures import ThreadPoolExecutor

from helpdesk import keys


def test_stays_the_same(tmp_path):
    assert keys.load(tmp_path, "secret") == keys.load(tmp_path, "secret") != keys.load(tmp_path, "encryption")


def test_a_given_key_wins_and_is_not_stored(tmp_path):
    assert keys.load(tmp_path, "secret", "given") == "given"
    assert not (tmp_path / "keys").exists()


def test_only_the_owner_may_read_it(tmp_path):
    keys.load(tmp_path / "data", "secret")
    modes = [(tmp_path / "data" / name).stat().st_mode & 0o777 for name in ("", "keys", "keys/secret")]
    assert modes == [0o700, 0o700, 0o600]


def test_many_processes_that_start_at_once_agree(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: keys.load(tmp_path, "secret"), range(64)))) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["secret"]


def test_replaces(tmp_path):
    keys.load(tmp_path, "secret")
    keys.replace(tmp_path, "secret", "restored")
    assert keys.load(tmp_path, "secret") == "restored"
    assert (tmp_path / "keys" / "secret").stat().st_mode & 0o777 == 0o600
