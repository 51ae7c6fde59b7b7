"""Bulgarian in Latin letters, by the Transliteration Act of 2009.

The rules are data: server and slug field, in JavaScript, follow the same ones. The pairs in the Act (дж, дз, ьо, йо)
come out right letter by letter and need no rule.
"""

import re

LETTERS = {
    "щ": "sht",
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "ю": "yu",
    "я": "ya",
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "д": "d",
    "е": "e",
    "з": "z",
    "и": "i",
    "й": "y",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "h",
    "ъ": "a",
    "ь": "y",
    "ѝ": "i",
}

# Word boundaries are spelt out: in JavaScript, \b knows Latin letters only.
_LETTER = "[а-яѝ]"

# (pattern, replacement), in order; every pattern is matched without regard to case.
TRANSLITERATION_RULES = [
    (rf"(?<!{_LETTER})българия(?!{_LETTER})", "bulgaria"),
    (rf"ия(?!{_LETTER})", "ia"),
    *LETTERS.items(),
]


def to_latin(text: str) -> str:
    """`text` with its Bulgarian letters in Latin ones; capitals stay capitals."""
    for pattern, replacement in TRANSLITERATION_RULES:
        text = re.sub(
            pattern, lambda match, latin=replacement: _in_case_of(match, latin), text, flags=re.IGNORECASE
        )
    return text


def _in_case_of(match: re.Match[str], latin: str) -> str:
    """One capital gives a capitalised group (Щука, Shtuka) unless its word is all capitals (ЩУКА, SHTUKA)."""
    cyrillic = match[0]
    if not cyrillic[0].isupper():
        return latin
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    context = cyrillic[1:] or (after if after.isalpha() else before)
    return latin.upper() if context.isupper() else latin.capitalize()
