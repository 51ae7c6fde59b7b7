import django.db.models.deletion
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import migrations, models


def name_accounts(apps, schema_editor):
    """Note the names of today for what was done so far; those deleted meanwhile have none."""
    user_model = apps.get_model(settings.AUTH_USER_MODEL)
    for name in ("Change", "Run"):
        rows = apps.get_model("posync", name).objects.exclude(user=None)
        for pk in rows.order_by().values_list("user", flat=True).distinct():
            user = user_model.objects.get(pk=pk)
            parts = (getattr(user, "first_name", ""), getattr(user, "last_name", ""))
            full_name = " ".join(filter(None, parts))
            username = str(getattr(user, get_user_model().USERNAME_FIELD))
            rows.filter(user=pk).update(user_name=(full_name or username)[:255])


class Migration(migrations.Migration):
    dependencies = [
        ("posync", "0011_drafts_for_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="change", name="user_name", field=models.CharField(blank=True, max_length=255)
        ),
        migrations.AddField(
            model_name="run", name="user_name", field=models.CharField(blank=True, max_length=255)
        ),
        migrations.RunPython(name_accounts, migrations.RunPython.noop),
        *(
            migrations.AlterField(
                model_name=name,
                name="user",
                field=models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            )
            for name in ("change", "run")
        ),
    ]
