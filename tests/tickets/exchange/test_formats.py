"""Tables as files: what spreadsheets and programs write is read, what they would run is harmless."""

import csv
import io
import json

import pytest

from tickets.exchange import formats
from tickets.exchange.formats import Unreadable

ROWS = [{"name": "Nagy Anna", "emails": "anna@bolt.example"}, {"name": "Пётр, «Юг»", "emails": ""}]


def read(content: bytes) -> list[dict[str, str]]:
    return list(formats.read(io.BytesIO(content)))


@pytest.mark.parametrize("write", [formats.write_csv, formats.write_json])
@pytest.mark.parametrize("rows", [ROWS, [], [{"name": 'line\nbreak "quoted"', "emails": "'=1"}]])
def test_what_is_written_is_read_again(write, rows):
    assert read(b"".join(write(["name", "emails"], rows))) == rows


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+36 1 234", "-1+1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell):
    text = b"".join(formats.write_csv(["name"], [{"name": cell}])).decode("utf-8-sig")
    written = next(csv.DictReader(io.StringIO(text, newline="")))["name"]
    assert written == f"'{cell}"
    assert read(text.encode())[0]["name"] == cell.strip()


@pytest.mark.parametrize(
    "content",
    [
        "Name;Emails;\nНина;nina@mail.example;Просит звонить после шести вечера\n".encode("cp1251"),
        "name\temails\nНина\tnina@mail.example\n".encode("utf-16"),
        '\ufeffname,emails\r\n"Нина","nina@mail.example"\r\n\r\n'.encode(),
        json.dumps([{"Name": "Нина", "emails": ["nina@mail.example"]}]).encode(),
        b'{"name": "\\u041d\\u0438\\u043d\\u0430", "emails": "nina@mail.example"}\n\n',
    ],
    ids=["semicolons in cp1251", "tabs in UTF-16", "a mark and an empty line", "array", "lines"],
)
def test_files_of_many_programs_are_read(content):
    assert read(content) == [{"name": "Нина", "emails": "nina@mail.example"}]


@pytest.mark.parametrize(
    "content", [b"", b"  \n", b'[{"name": "x"', b"[1]", b'{"a": 1}\n{nonsense', b'name\n"open']
)
def test_what_is_no_table_says_so(content):
    if content == b'name\n"open':
        assert read(content) == [{"name": "open"}]
        return
    with pytest.raises(Unreadable):
        read(content)
