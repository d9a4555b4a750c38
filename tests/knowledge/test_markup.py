"""What an article says without its markup."""

from knowledge import markup


def test_the_cells_of_a_table_are_words_apart():
    row = "<tr><td>Parcel below £60</td><td>£4.90</td> <td>2 to 4 days</td></tr>"
    assert markup.text(f"<table>{row}</table>") == "Parcel below £60 £4.90 2 to 4 days"
