"""Dates and numbers as each language writes them."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format, get_format, localize, number_format
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

DAY = datetime.date(2026, 3, 3)
MOMENT = datetime.datetime(2026, 3, 3, 14, 5)


@pytest.mark.parametrize(("language", "text"), [("bg", "3 март 2026 г."), ("en", "3 March 2026")])
def test_a_date(language, text):
    with translation.override(language):
        assert date_format(DAY) == text
        assert localize(DAY) == text
        assert Template("{{ day }}").render(Context({"day": DAY})) == text
        assert Template('{{ day|date:"DATE_FORMAT" }}').render(Context({"day": DAY})) == text


@pytest.mark.parametrize(
    ("name", "bulgarian", "english"),
    [
        ("DATETIME_FORMAT", "3 март 2026 г. в 14:05", "3 March 2026 at 14:05"),
        ("TIME_FORMAT", "14:05", "14:05"),
        ("YEAR_MONTH_FORMAT", "март 2026 г.", "March 2026"),
        ("MONTH_DAY_FORMAT", "3 март", "3 March"),
        ("SHORT_DATE_FORMAT", "3.03.2026 г.", "03/03/2026"),
        ("SHORT_DATETIME_FORMAT", "3.03.2026 г. 14:05", "03/03/2026 14:05"),
    ],
)
def test_other_dates_and_times(name, bulgarian, english):
    with translation.override("bg"):
        assert date_format(MOMENT, name) == bulgarian
    with translation.override("en"):
        assert date_format(MOMENT, name) == english


MONTHS = [
    "януари",
    "февруари",
    "март",
    "април",
    "май",
    "юни",
    "юли",
    "август",
    "септември",
    "октомври",
    "ноември",
    "декември",
]


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("letter", ["F", "E"])
def test_bulgarian_months_are_in_lower_case(month, letter):
    with translation.override("bg"):
        assert date_format(datetime.date(2026, month, 1), letter) == MONTHS[month - 1]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_a_typed_date_has_the_day_first(language):
    with translation.override(language):
        assert forms.DateField(localize=True).clean("04.03.2026") == datetime.date(2026, 3, 4)
        assert forms.DateField(localize=True).clean("2026-03-04") == datetime.date(2026, 3, 4)
        with pytest.raises(forms.ValidationError):
            forms.DateField(localize=True).clean("03/13/2026")


def test_a_bulgarian_date_field_takes_back_what_it_shows():
    with translation.override("bg"):
        assert get_format("DATE_INPUT_FORMATS")[0] == "%d.%m.%Y"


@pytest.mark.parametrize(("language", "text"), [("bg", "1\u00a0234\u00a0567,5"), ("en", "1,234,567.5")])
def test_numbers(language, text):
    with translation.override(language):
        assert number_format(1234567.5, use_l10n=True, force_grouping=True) == text


@pytest.mark.parametrize(
    ("value", "bulgarian", "english"),
    [
        (999, "999", "999"),
        (2500, "2500", "2,500"),
        (-2500, "-2500", "-2,500"),
        (25000, "25\u00a0000", "25,000"),
        (1234567, "1\u00a0234\u00a0567", "1,234,567"),
        (2500.5, "2500,5", "2,500.5"),
        (Decimal("12500.50"), "12\u00a0500,50", "12,500.50"),
        ("", "", ""),
    ],
)
def test_bulgarian_sets_thousands_apart_from_five_digits_on(value, bulgarian, english):
    template = Template("{% load numbers %}{{ value|grouped }}")
    for language, text in (("bg", bulgarian), ("en", english)):
        with translation.override(language):
            assert template.render(Context({"value": value})) == text


@pytest.mark.parametrize(("language", "text"), [("bg", "3,50"), ("en", "3.50")])
def test_a_number_with_as_many_decimals_as_asked_for(language, text):
    with translation.override(language):
        assert Template("{% load numbers %}{{ value|grouped:2 }}").render(Context({"value": 3.5})) == text


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_date_fields_of_the_admin_show_a_date_as_they_take_it(language):
    with translation.override(language):
        assert AdminDateInput().format_value(datetime.date(2026, 3, 4)) == "04.03.2026"
        assert AdminDateInput().get_config() == {"dayOfWeekStart": 1, "format": "d.m.Y"}
        moment = datetime.datetime(2026, 3, 4, 14, 5)
        assert AdminDateTimeInput().format_value(moment) == "04.03.2026 14:05"
        assert forms.DateTimeField(localize=True).clean("04.03.2026 14:05").replace(tzinfo=None) == moment


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_week_starts_on_monday(language):
    with translation.override(language):
        assert get_format("FIRST_DAY_OF_WEEK") == 1
