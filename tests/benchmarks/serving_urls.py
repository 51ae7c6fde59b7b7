import os

from django.http import HttpResponse
from django.urls import path

from config.urls import handler404, urlpatterns  # noqa: F401

_BODY = b"x" * int(os.environ.get("SERVING_BYTES", 0))


def constant(request):
    return HttpResponse(_BODY)


urlpatterns = [path("constant/", constant), *urlpatterns]
