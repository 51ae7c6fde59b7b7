"""The common stem of a Bulgarian word's forms.

Written from the grammar, for searching: the forms of one word come out alike, those of different words do not; the
result need not be a word. First an ending is taken off (article, plural, gender, count form, the commonest endings
of verbs). Then the changes of the ending within the word are evened out: бежанец/бежанци, център/центрове,
промяна/промени, език/езици, важен/важна. The second step looks at the rest alone: it treats all forms alike even
where it is wrong about the word.

`stem` expects words from `home.search.words`: lower case, without stress marks.
"""

import re
from collections.abc import Mapping

SHORTEST_STEM = 3

# Forms beyond all rules. Each is given another form for the rules to go on from.
IRREGULAR: Mapping[str, str] = {
    form: word
    for word, forms in {
        "братя": "братята",
        "брат": "братът",
        "време": "времена времената",
        "вечер": "вечерта",
        "господин": "господа господата",
        "ден": "деня денят дена дни дните",
        "дете": "деца децата",
        "есен": "есента",
        "знаме": "знамена знамената",
        "име": "имена имената името",
        "край": "краища краищата",
        "око": "очи очите окото",
        "племе": "племена племената",
        "път": "пътища пътищата",
        "ръка": "ръце ръцете",
        "семе": "семена семената",
        "степен": "степента",
        "ухо": "уши ушите ухото",
        "человек": "човек човекът човека човеци човеците хора хората",
        # Adjectives whose ъ falls out before к; in nouns (списък, участък) it stays.
        "близк": "близък",
        "гладк": "гладък",
        "горчивк": "горчивък",
        "кратк": "кратък",
        "малк": "малък",
        "нисък": "ниска ниско ниски ниският ниския ниската ниското ниските",
        "резк": "рязък",
        "сладк": "сладък",
        "тежк": "тежък",
        "тънк": "тънък",
        "узк": "узък",
    }.items()
    for form in forms.split()
}

# Longest first. What stands in the look-behind stays: without it the ending would be part of the word, as in карта,
# защита, работа.
_ENDINGS = (
    # plurals with an article, and plurals in -ове
    "овете",
    "евете",
    "ове",
    "еве",
    # -ия, -ие, -ий with what is added to them; adjectives with the masculine article
    "иите",
    "ията",
    "ието",
    "иято",
    "ият",
    "ии",
    "ия",
    "ие",
    "ий",
    # articles
    "ьото",
    "ата",
    "ята",
    "ото",
    "ето",
    "ите",
    "ете",
    "(?<=[твлщчжш])та",
    "(?<=[еи])те",
    "ът",
    "ят",
    "ат",
    # verbs in -вам, and the nouns made from them
    "(?<=в)аме",
    "(?<=в)ате",
    "(?<=в)ам",
    "(?<=в)аш",
    "(?<=в)ания",
    "(?<=в)ане",
    # gender, number, count form
    "ьо",
    "[аеиоя]",
)
_ENDING = re.compile(
    rf"(?<=\w{{{SHORTEST_STEM}}})(?:{'|'.join(sorted(_ENDINGS, key=lambda e: -len(re.sub(r'[(].*[)]', '', e))))})\Z"
)

_VOWELS = "аеиоуъюя"

# In order: a later rule may need an earlier one.
_EVENED_OUT = tuple(
    (re.compile(pattern + r"\Z"), replacement)
    for pattern, replacement in (
        # резултат, of which the rule for articles made резулт where another ending followed
        (r"(?<=\w{3})(?:[аяъ]т)+", ""),
        # пътуван(е) beside пътува(м)
        (r"(?<=\w{2}в)ан", ""),
        # момчет(а) beside момч(е)
        (r"(?<=\wч)ет", ""),
        # гражданин beside граждани, българин beside българи
        (r"(?<=\w{2}[ая]н)ин", ""),
        (r"(?<=\w{2}ар)ин", ""),
        # случа(я), музе(и) beside случай, музей
        (rf"([{_VOWELS}])", r"\1й"),
        # социализъм beside социализм(а)
        (r"(?<=из)ъм", "м"),
        # център beside центр(ове), смисъл beside смисл(и)
        (rf"(?<=\w[^{_VOWELS}])ъ([рл])", r"\1"),
        # промян(а) beside промен(и), голям beside голем(и)
        (rf"(?<=[^{_VOWELS}])я([^{_VOWELS}]+)", r"е\1"),
        # боец beside бойц(и), случаен beside случайн(а)
        (rf"(?<=\w[{_VOWELS}])е([цн])", r"й\1"),
        # бежанец beside бежанц(и), важен beside важн(а), отел beside отл(и)
        (rf"(?<=\w[^{_VOWELS}])е([цнл])", r"\1"),
        # език beside езиц(и)
        (rf"(?<=\w[{_VOWELS}])к", "ц"),
        # педагог beside педагоз(и)
        (r"(?<=\wо)г", "з"),
        # връх beside върх(ове)
        (rf"ръ([^{_VOWELS}]+)", r"ър\1"),
    )
)


def stem(word: str) -> str:
    word = IRREGULAR.get(word, word)
    if len(word) < SHORTEST_STEM:
        return word
    stem = _ENDING.sub("", word)
    for pattern, replacement in _EVENED_OUT:
        stem = pattern.sub(replacement, stem)
    return stem
