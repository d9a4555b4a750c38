"""How words are compared, and how far apart two of them are. Pure."""

# Where the characters of the database are those of C, as on the embedded server, pg_trgm knows Latin alone:
# each other letter of our languages has one of them to be compared by.
OTHERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяáéíóöőúüűäàâçèêëìîïñòôõùûßåæø"
LATIN = "abvgdeejziyklmnoprstufhcqwwxyxeuaaeiooouuuaaaceeeiiinooouusaao"
_LATIN = str.maketrans(OTHERS, LATIN)


def latin(word: str) -> str:
    """The word in Latin letters, one for each, in which it is looked up."""
    return word.lower().translate(_LATIN)


def folded(word: str) -> str:
    """As words are compared: small letters, no ё, hyphens as people vary them."""
    return word.casefold().replace("ё", "е").replace("_", "-").strip()


def distance(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour, to make one word the other.

    Damerau and Levenshtein's distance, in the form where no part is changed twice.
    """
    if abs(len(one) - len(other)) > 3:
        return abs(len(one) - len(other))
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
