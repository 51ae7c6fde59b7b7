"""The stems of Bulgarian words: the forms of one word come out alike, those of different words do not."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from home.search.bulgarian import IRREGULAR, SHORTEST_STEM, stem
from home.search.stems import MARK, marked_stems, without_stems
from home.search.stems import stem as stem_of_either_language
from home.search.words import compared, words, words_in_place

PARADIGMS = [
    line.split()
    for line in """
    бежанец бежанеца бежанецът бежанци бежанците
    проект проектът проекта проекти проектите
    събитие събитието събития събитията
    дете детето деца децата
    организация организацията организации организациите
    мигрант мигрантът мигранта мигранти мигрантите
    закрила закрилата закрили закрилите
    град градът града градове градовете
    център центъра центърът центрове центровете
    език езика езикът езици езиците
    вестник вестника вестници вестниците
    учител учителят учителя учители учителите
    човек човекът човека хора хората
    помощ помощта помощи помощите
    област областта области областите
    възможност възможността възможности възможностите
    резултат резултата резултатът резултати резултатите
    документ документа документът документи документите
    момче момчето момчета момчетата
    момиче момичета момичетата
    място мястото места местата
    промяна промяната промени промените
    голям голяма голямо големи големият големия голямата големите
    важен важна важно важни важният важния важната важното важните
    български българска българско българският българския българската българските
    непридружен непридружена непридружено непридружени непридружените непридруженият
    случай случаят случая случаи случаите
    музей музеи музея музеят музеите
    край краят края краища
    път пътя пътят пътища пътищата
    ден деня денят дни дните
    година годината години годините
    агенция агенцията агенции агенциите
    жена жената жени жените
    семейство семейството семейства семействата
    чужденец чужденци чужденците чужденецът чужденеца
    европеец европейци европейците европееца
    гражданин гражданинът гражданина граждани гражданите
    българин българинът българи българите
    министър министърът министри министрите министъра
    срок срокът срока срокове сроковете
    час часа часът часове часовете
    работа работата работи работите работят работя
    пътуване пътуването пътувания пътуванията пътувам пътува пътувате пътуват
    кандидатстване кандидатствам кандидатства кандидатстват кандидатствате кандидатстваме
    представител представителят представители представителите
    партньор партньорът партньори партньорите
    закон законът закони законите закона
    право правото права правата
    служба службата служби службите
    мъж мъжа мъжът мъже мъжете
    село селото села селата
    убежище убежището убежища убежищата
    име името имена имената
    педагог педагога педагози педагозите
    заплата заплатата заплати заплатите
    карта картата карти картите
    анкета анкетата анкети анкетите
    защита защитата защити
    критерий критерият критерии критериите критерия
    идея идеята идеи идеите
    брой броят броя броеве
    връх върхът върха върхове
    участник участникът участници участниците участника
    трафик трафикът трафика
    любов любовта
    статия статията статии статиите
    учебен учебна учебни учебните
    доброволец доброволци доброволците
    полет полети полетът
    данни данните
    нов нова ново нови новият новия новата новото новите
    син синя синьо сини синият
    ръка ръката ръце ръцете
    роля ролята роли ролите
    подпомогнато подпомогнати подпомогнатото подпомогнатите подпомогнат
    образование образованието образования
    политика политики политиката
    списък списъка списъкът списъци списъците
    търсещ търсещи търсещите търсещият търсеща
    опит опита опитът опити
    лице лицето лица лицата
    завръщане завръщането завръщания
    вятър вятърът ветрове
    дял дяла дялът дялове дяловете
    бюджет бюджетът бюджета бюджети
    сграда сградата сгради
    комитет комитета комитети комитетът
    страна страната страни страните
    държава държавата държави държавите
    къща къщи къщата
    тероризъм тероризмът тероризма
    """.strip().splitlines()
]

CONSONANTS = "бвгджзклмнпрстфхцчш"
VOWELS = "аеиоу"
syllable = st.builds("".join, st.tuples(st.sampled_from(CONSONANTS), st.sampled_from(VOWELS)))
# Made-up words built as real ones are. Some last letters change before an ending; those have paradigms of their own.
beginning = st.lists(syllable, min_size=1, max_size=4).map("".join)

# What is an ending itself, so that nobody could tell.
UNCLEAR = ("ов", "ев", "ав", "ив", "ув", "ин", "ван", "ам", "аш")


@pytest.mark.parametrize("forms", PARADIGMS, ids=lambda forms: forms[0])
def test_the_forms_of_a_word_have_one_stem(forms):
    assert {stem(form) for form in forms} == {stem(forms[0])}


def test_words_keep_apart():
    stems = [stem(forms[0]) for forms in PARADIGMS]
    shared = {shared_stem for shared_stem in stems if stems.count(shared_stem) > 1}
    assert shared == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("план", "планета"),
        ("проект", "проекция"),
        ("закон", "законник"),
        ("право", "правило"),
        ("страна", "странство"),
        ("глас", "глад"),
        ("карта", "картон"),
        ("дом", "доминация"),
        ("вид", "видео"),
        ("работа", "роботи"),
        ("мир", "миграция"),
        ("час", "част"),
        ("дело", "делегат"),
        ("център", "цент"),
    ],
)
def test_words_that_only_look_alike_keep_apart(one, other):
    assert stem(one) != stem(other)


def one_stem_for_all(word, endings):
    forms = [word + ending for ending in endings]
    assume(len(word) >= SHORTEST_STEM and not word.endswith(UNCLEAR))
    assume(not IRREGULAR.keys() & set(forms))
    return len({stem(form) for form in forms}) == 1


@given(beginning, st.sampled_from("бвджзлмнпрсфш"))
def test_masculine_nouns(start, last):
    assert one_stem_for_all(start + last, ("", "ът", "а", "и", "ите"))


@given(beginning, st.sampled_from("бвджзклмнпрсфш"))
def test_feminine_nouns(start, last):
    assert one_stem_for_all(start + last, ("а", "ата", "и", "ите"))


@given(beginning)
def test_nouns_in_ие_and_ия(start):
    assert one_stem_for_all(start + "ц", ("ие", "ието", "ия", "ията", "ии", "иите"))


@given(beginning, st.sampled_from("бвджзкмнпрсш"))
def test_adjectives(start, last):
    forms = ("", "а", "ата", "о", "ото", "и", "ите", "ият", "ия")
    assert one_stem_for_all(start + "р" + last, forms)


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъьюяѝ", min_size=1, max_size=40))
@example("ѝ")
@example("ата")
def test_a_stem_is_never_empty_nor_longer_than_its_word_and_is_one_word(word):
    result = stem(word)
    assert result
    assert len(result) <= max(len(word), SHORTEST_STEM) + 1
    assert words(result) == [compared(result)]


@given(st.text())
def test_any_text_has_words_that_can_be_compared_and_stemmed(text):
    for word in words(text):
        assert word
        assert compared(word) == word
        assert stem_of_either_language(word)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Z", "Mn"]), max_size=80))
def test_words_are_found_where_they_stand(text):
    for word in words_in_place(text):
        assert words(text[word.start : word.end])[0] == word.form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Вълна\u0301", "вълна"),
        ("Й", "й"),
        ("и\u0306", "й"),
        ("ѝ", "и"),
        ("Café", "cafe"),
        ("ЩЪРКЕЛ", "щъркел"),
    ],
)
def test_marks_over_letters_and_capitals_do_not_matter(text, form):
    assert words(text) == [form]
    assert [word.form for word in words_in_place(f"({text})")] == [form]


@pytest.mark.parametrize(
    ("one", "other"),
    [("refugee", "refugees"), ("child", "children"), ("person", "people"), ("policy", "policies")],
)
def test_english_words(one, other):
    assert stem_of_either_language(one) == stem_of_either_language(other)


def test_stems_are_told_from_words_and_left_out_of_what_is_shown():
    indexed = "Бежанците и refugees.\n" + marked_stems(["Бежанците и refugees."])
    assert indexed.split("\n")[1] == f"{MARK}бежанц {MARK}и {MARK}refuge"
    assert without_stems(indexed) == "Бежанците и refugees."
