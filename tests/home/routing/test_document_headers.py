"""Documents as the site itself sends them."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection

pytestmark = pytest.mark.django_db


def test_a_document_names_no_encoding_that_browsers_do_not_know(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    document = get_document_model()(title="Report", collection=collection)
    document.file.save("report.pdf", ContentFile(b"%PDF-1.4"))
    document.save()
    response = client.get(document.url)
    assert b"".join(response.streaming_content) == b"%PDF-1.4"
    assert response["Content-Type"] == "application/pdf"
    assert "Content-Encoding" not in response
