"""What was sent by a form: who reads it, and what becomes of it in a spreadsheet."""

import csv
import io

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.contrib.forms.models import FormSubmission
from wagtail.models import GroupPagePermission, Page

from home.forms.exports import FORMULA_BEGINS

LANGUAGES = ["bg", "en"]


@pytest.fixture
def form(kinds):
    FormSubmission.objects.all().delete()
    for page in kinds.form.values():
        FormSubmission.objects.create(
            page=page, form_data={"name": "Ана", "about": ["=1+1", "x"], "message": "Здравейте"}
        )
    return kinds.form


@pytest.fixture
def editor(django_user_model):
    """Edits all pages, publishes them, and may enter the admin."""
    group = Group.objects.create(name="Editors of forms")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for action in ("add", "change", "publish"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
        GroupPagePermission.objects.create(
            group=group, page=Page.get_first_root_node(), permission=permission
        )
    user = django_user_model.objects.create_user("editor", password="editor")
    user.groups.add(group)
    return user


def addresses(form):
    sent = reverse("wagtailforms:list_submissions", args=[form.pk])
    delete = reverse("wagtailforms:delete_submissions", args=[form.pk])
    return [sent, f"{sent}?export=csv", f"{sent}?export=xlsx", f"{delete}?selected-submissions={form.pk}"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_may_edit_the_form_alone_reads_exports_and_deletes_nothing(client, form, editor, language):
    client.force_login(editor)
    page = form[language]
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    for address in addresses(page):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in (302, 403), address
            assert "Здравейте" not in answer.content.decode()
    number = FormSubmission.objects.get(page=page).pk
    client.post(f"{reverse('wagtailforms:delete_submissions', args=[page.pk])}?selected-submissions={number}")
    assert FormSubmission.objects.filter(pk=number).exists()
    assert page.title not in client.get(reverse("wagtailforms:index"), follow=True).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_to_read_them_is_given_by_itself(client, form, editor, language):
    editor.groups.get().permissions.add(Permission.objects.get(codename="read_submissions"))
    client.force_login(editor)
    page = form[language]
    assert "Здравейте" in client.get(addresses(page)[0]).content.decode()
    number = FormSubmission.objects.get(page=page).pk
    client.post(f"{reverse('wagtailforms:delete_submissions', args=[page.pk])}?selected-submissions={number}")
    assert not FormSubmission.objects.filter(pk=number).exists()


def test_the_right_is_offered_in_the_settings_of_a_group(admin_client):
    group = Group.objects.create(name="Readers")
    page = admin_client.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
    assert "Can read, export and delete what was sent by forms" in page


@pytest.mark.parametrize("begin", FORMULA_BEGINS)
def test_no_cell_of_a_spreadsheet_is_a_formula(kinds, admin_client, begin):
    page = kinds.form["en"]
    FormSubmission.objects.create(
        page=page, form_data={"name": f"{begin}cmd|'/c calc'!A0", "about": [f"{begin}x"]}
    )
    address = addresses(page)[1]
    content = b"".join(admin_client.get(address).streaming_content).decode()
    cells = [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]
    assert f"'{begin}cmd|'/c calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(FORMULA_BEGINS)]
    answer = admin_client.get(addresses(page)[2])
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    )
    found = [cell for row in book.active.iter_rows() for cell in row]
    assert not [cell.value for cell in found if cell.data_type == "f"]
    assert not [
        cell.value for cell in found if isinstance(cell.value, str) and cell.value.startswith(FORMULA_BEGINS)
    ]


def test_dates_stay_dates_and_labels_are_texts(kinds, admin_client):
    page = kinds.form["en"]
    field = page.form_fields.first()
    type(field).objects.filter(pk=field.pk).update(label="=1+1")
    FormSubmission.objects.create(page=page, form_data={})
    answer = admin_client.get(addresses(page)[2])
    rows = list(
        openpyxl.load_workbook(
            io.BytesIO(answer.content if not answer.streaming else b"".join(answer.streaming_content))
        ).active.values
    )
    assert "'=1+1" in rows[0]
    assert any(hasattr(value, "year") for value in rows[1])
