"""Slips of typing between two words, counted (Damerau and Levenshtein, optimal string alignment)."""


def apart(one: str, other: str, most: int) -> int:
    """Slips between two words: letters left out, put in, taken for others, swapped; at most `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, before, row = before, row, [at]
        for place, found in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != found))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == found:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
