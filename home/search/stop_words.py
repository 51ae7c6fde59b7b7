"""Words often missing from the very answer. A search with other words leaves them out."""

_WORDS = """
    а ако ами без би бъде в вас ви вие във г го да дали до е ето за затова защо и из или им има как какво каква
    какви какъв като кога когато кой коя което които къде ли ме ми мога може моля му на над нас не него нея ни ние но
    някой о об от по под при през пред с са само се си след със съм те ти това тази този тези той тук тя у че ще що я
    a about all am an and any are as at be by can could d did do does for from had has have he her his how i if in
    into is it its ll m me my no not of on or our please re s she so t than that the their them then there these they
    this to us ve was we were what when where which who why will with would you your
"""

STOP_WORDS = frozenset(_WORDS.split())
