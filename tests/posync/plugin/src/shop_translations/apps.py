from django.apps import AppConfig


class ShopTranslationsConfig(AppConfig):
    name = "shop_translations"

    def ready(self) -> None:
        from shop_translations import receivers  # noqa: F401, PLC0415
