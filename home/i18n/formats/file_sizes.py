"""Names Django's own texts for the sizes of files: `makemessages` then keeps the site's translations of them.

Django's Bulgarian ones mix a Latin letter and a Cyrillic one in one word.
"""

from django.utils.translation import gettext_noop

SIZES = [gettext_noop("%s KB"), gettext_noop("%s MB")]
