"""Damaged text, as people type it and scanners read it: for training and for measuring."""

import random

_KEYS = "qwertyuiop asdfghjkl zxcvbnm"
_OCR = (("rn", "m"), ("m", "rn"), ("l", "1"), ("O", "0"), ("cl", "d"), ("e", "c"), ("ti", "fi"))


def misspell(text: str, share: float, rng: random.Random) -> str:
    """Change a share of the letters: dropped, doubled, swapped with the next, or a near key."""
    out: list[str] = []
    letters = list(text)
    at = 0
    while at < len(letters):
        letter = letters[at]
        if letter.isalpha() and rng.random() < share:
            kind = rng.randrange(4)
            if kind == 1:
                out += [letter, letter]
            elif kind == 2 and at + 1 < len(letters):
                out += [letters[at + 1], letter]
                at += 1
            elif kind == 3:
                place = _KEYS.find(letter.lower())
                out.append(_KEYS[max(0, min(len(_KEYS) - 1, place + rng.choice((-1, 1))))])
        else:
            out.append(letter)
        at += 1
    return "".join(out)


def unpunctuate(text: str) -> str:
    """As dictated: lower case, no punctuation."""
    return "".join(c for c in text.lower() if c.isalnum() or c in " '\u2019\u00a3%")


def scan_badly(text: str, rng: random.Random) -> str:
    """As badly scanned: look-alike letters, split and run-together words."""
    words = []
    for word in text.split(" "):
        if rng.random() < 0.12:
            wrong, right = rng.choice(_OCR)
            word = word.replace(wrong, right, 1)
        if len(word) > 5 and rng.random() < 0.05:
            cut = rng.randrange(2, len(word) - 2)
            word = word[:cut] + rng.choice((" ", "- ")) + word[cut:]
        words.append(word)
    text = " ".join(words)
    return "".join("" if c == " " and rng.random() < 0.02 else c for c in text)


def roughen(text: str, rng: random.Random) -> str:
    """One kind of damage, drawn at random."""
    kind = rng.randrange(4)
    if kind == 0:
        return unpunctuate(text)
    if kind == 1:
        return scan_badly(text, rng)
    return misspell(text, 0.04 if kind == 2 else 0.1, rng)
