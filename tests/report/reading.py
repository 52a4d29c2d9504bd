"""A page as its reader sees it."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """Collects the tags and the text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self._hidden = [], [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag):
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data):
        if not self._hidden:
            self.text.append(data)


def words(html):
    return " ".join(" ".join(Page(html).text).split())
