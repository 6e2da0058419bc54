"""A page of HTML read as a tree, and what must hold of any page that Baton writes."""
import html.parser
import re

VOID = {"meta", "br", "circle", "line", "path", "rect", "use", "polyline"}
# Elements that are empty in SVG close themselves; html.parser tells of both ends.
TAGS = set("""html head meta title style body main header nav section article h1 h2 h3 p ul li a span small b table caption thead
tbody tr th td dl div dt dd data details summary svg symbol use title path circle line rect polyline""".split())
ATTRIBUTES = set("""lang charset name content http-equiv class id href scope colspan style value data-label aria-hidden role viewBox
preserveAspectRatio width height x y x1 x2 y1 y2 cx cy r d points""".split())
INSIDE = {"tr": {"thead", "tbody"}, "li": {"ul"}, "td": {"tr"}, "th": {"tr"}, "thead": {"table"}, "tbody": {"table"}, "caption": {"table"},
          "dt": {"div"}, "dd": {"div"}, "summary": {"details"}, "symbol": {"svg"}, "use": {"svg"}}


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.content = tag, attributes, parent, []

    @property
    def classes(self):
        return self.attributes.get("class", "").split()

    def all(self, tag, name=None):
        for child in self.content:
            if isinstance(child, Element):
                if child.tag == tag and (name is None or name in child.classes):
                    yield child
                yield from child.all(tag, name)

    def one(self, tag, name=None):
        found = list(self.all(tag, name))
        assert len(found) == 1, "%d of <%s class=%s>" % (len(found), tag, name)
        return found[0]

    def text(self, drawings=False):
        """What stands there to be read; what drawings are called only where it is asked for."""
        return "".join(child if isinstance(child, str) else "" if child.tag == "svg" and not drawings else child.text(drawings)
                       for child in self.content)


class Page(html.parser.HTMLParser):
    """Well-formed, closed in order, without anything that runs or is fetched."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, None)
        self.at = self.root
        self.ids, self.links = set(), set()
        assert text.startswith("<!DOCTYPE html>\n")
        assert not re.search(r"(?i)<script|javascript:|@import|url\(|https?:|//[a-z]", text), "a script or an address"
        self.feed(text)
        self.close()
        assert self.at is self.root, "not closed: <%s>" % self.at.tag
        assert self.links <= self.ids, "links to nowhere: %r" % sorted(self.links - self.ids)[:3]

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), "<%s> has an attribute twice" % tag
        # The parser writes names small.
        known = {name.lower() for name in ATTRIBUTES}
        assert tag in TAGS and set(names) <= known, "<%s %s>" % (tag, names)
        attributes = dict(attributes)
        if "href" in attributes:
            assert attributes["href"].startswith("#"), attributes["href"]
            self.links.add(attributes["href"][1:])
        if "id" in attributes:
            assert attributes["id"] not in self.ids, "the id %s twice" % attributes["id"]
            self.ids.add(attributes["id"])
        assert tag not in INSIDE or self.at.tag in INSIDE[tag], "<%s> in <%s>" % (tag, self.at.tag)
        if tag == "th":
            assert attributes.get("scope") in ("col", "row"), "a <th> without scope"
        if tag == "svg":
            assert attributes.get("role") == "img" or attributes.get("aria-hidden") == "true", "a drawing that is not told"
        element = Element(tag, attributes, self.at)
        self.at.content.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag, attributes):
        assert tag in VOID, tag
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        assert self.at.tag == tag, "</%s> in <%s>" % (tag, self.at.tag)
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.content.append(data)


def checked(text, language):
    """The page, of which holds what holds of all."""
    page = Page(text).root.one("html")
    assert page.attributes["lang"] == {"zh": "zh-CN", "en": "en"}[language]
    policy = [meta for meta in page.all("meta") if meta.attributes.get("http-equiv") == "Content-Security-Policy"]
    assert len(policy) == 1 and policy[0].attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert "@page" in page.one("style").text() and page.one("head").one("title").text().strip() != ""
    page.one("h1")
    for table in page.all("table"):
        width = None
        for row in table.all("tr"):
            cells = sum(int(cell.attributes.get("colspan", 1)) for cell in row.content
                        if isinstance(cell, Element) and cell.tag in ("td", "th"))
            assert width in (None, cells), "rows of %d and %d cells" % (width or 0, cells)
            width = cells
        for row in table.one("tbody").all("tr"):
            assert len(list(row.all("th"))) + len(list(row.all("td", "drawing"))) == 1, "a row without a head"
    for drawing in page.all("svg"):
        if drawing.attributes.get("role") == "img":
            assert drawing.one("title").text() != ""
    return page
