from django.conf import settings
from django.urls import path
from django.views.static import serve

from config.urls import handler404, handler500, urlpatterns  # noqa: F401

urlpatterns = [path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}), *urlpatterns]
