import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("posync", "0010_write_files_anew"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="for_review",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="draft",
            name="sent_back",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="change",
            name="kind",
            field=models.CharField(
                choices=[
                    ("approved", "approved translation"),
                    ("draft", "draft"),
                    ("comment", "translator's comment"),
                    ("override", "value of the translation's own"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="run",
            name="kind",
            field=models.CharField(
                choices=[
                    ("import", "import"),
                    ("undo", "undo"),
                    ("resolve", "resolution of conflicts"),
                    ("approve", "approval"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="TranslationRight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translate", models.BooleanField(default=False, verbose_name="translate")),
                ("review", models.BooleanField(default=False, verbose_name="review")),
                ("publish", models.BooleanField(default=False, verbose_name="publish")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translation_rights",
                        to="auth.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="language",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="section",
                    ),
                ),
            ],
            options={
                "verbose_name": "translation right",
                "verbose_name_plural": "translation rights",
            },
        ),
    ]
