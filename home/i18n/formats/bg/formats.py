"""Bulgarian formats: Django's own are incomplete and read 04/03 as the third of April."""

DATE_FORMAT = r"j F Y \г."
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"j F Y \г. \в H:i"
YEAR_MONTH_FORMAT = r"F Y \г."
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = r"j.m.Y \г."
SHORT_DATETIME_FORMAT = r"j.m.Y \г. H:i"
FIRST_DAY_OF_WEEK = 1

DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d.%m.%Y г.", "%d.%m.%y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%H:%M:%S.%f"]
DATETIME_INPUT_FORMATS = [
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u00a0"
NUMBER_GROUPING = 3
