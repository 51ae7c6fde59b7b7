from wagtail import hooks

from home.navigation.rich_text import LivePageLinkHandler


# After Wagtail's own handler of the same links, to take its place.
@hooks.register("register_rich_text_features", order=10)
def register_links_to_pages(features):
    features.register_link_type(LivePageLinkHandler)
