from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("posync", "0002_count_texts_left"),
    ]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="kind",
            field=models.CharField(
                choices=[
                    ("approved", "approved translation"),
                    ("draft", "draft"),
                    ("comment", "translator's comment"),
                ],
                max_length=10,
            ),
        ),
    ]
