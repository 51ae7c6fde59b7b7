from django.apps import apps

# posync's tests need a site without home, that of tests/posync/settings.py, and therefore a run of their own.
collect_ignore = [] if apps.is_installed("tests.testapp") else ["posync"]
