"""Workbooks as text: random sheets, written as Excel, WPS, LibreOffice and others write them, and what is to be read of them.

The texts that are expected are worked out here by Python's own numbers (repr gives the shortest form of a double, Decimal moves the
point) and calendar."""
import datetime
import io
import zipfile
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

# code or number of a built-in format: what it shows
FORMATS = [
    ("General", "general", 0), (1, "number", 0), (2, "number", 2), (4, "number", 2), (9, "percent", 0),
    (10, "percent", 2), (14, "date", "ymd"), (17, "date", "ym"), (20, "date", "t"), (22, "date", "ymdt"),
    (27, "date", "ym"), (31, "date", "ymd"), (57, "date", "ym"), (58, "date", "ymd"), (49, "general", 0),
    ("0.00_ ", "number", 2), ("0.0_);[Red]\\(0.0\\)", "number", 1), ("0.000%", "percent", 3),
    ('yyyy"年"m"月";@', "date", "ym"), ('[$-804]yyyy"年"m"月"d"日";@', "date", "ymd"),
    ("yyyy\\-mm\\-dd", "date", "ymd"), ("yyyy/m/d h:mm;@", "date", "ymdt"), ("yyyy", "date", "y"),
    ('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "number", 2), ('0.0"万元"', "number", 1),
    ("[h]:mm:ss", "date", "elapsed"), ("G/通用格式", "general", 0), ('#,##0.000', "number", 3),
]


def plain(value):
    """The digits of a double's shortest form, as a Decimal."""
    return Decimal(repr(float(value)))


def number_text(value, decimals=0, percent=False):
    exact = plain(value).normalize()
    if exact == 0:
        exact = Decimal(0)
    if percent:
        exact = exact.scaleb(2)
    size = abs(exact)
    if size != 0 and not Decimal("1e-7") <= size < Decimal("1e21") and not percent:
        digits = "".join(map(str, exact.as_tuple().digits)).rstrip("0")
        point = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
        return ("-" if exact < 0 else "") + point + "e%d" % exact.adjusted()
    text = format(exact, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    have = len(text.split(".")[1]) if "." in text else 0
    if decimals > have:
        text += ("." if have == 0 else "") + "0" * (decimals - have)
    return text + ("%" if percent else "")


def date_text(serial, shows, is_1904):
    whole = int(serial)
    seconds = int((serial - whole) * 86400 + 0.5)
    if shows == "elapsed":
        total = whole * 86400 + seconds
        return "%02d:%02d:%02d" % (total // 3600, total // 60 % 60, total % 60)
    day = (datetime.date(1904, 1, 1) if is_1904 else datetime.date(1899, 12, 30)) + datetime.timedelta(whole)
    clock = "%02d:%02d:%02d" % (seconds // 3600, seconds // 60 % 60, seconds % 60)
    if shows == "t":
        return clock
    return {"y": "%04d", "ym": "%04d-%02d", "ymd": "%04d-%02d-%02d", "ymdt": "%04d-%02d-%02d"}[shows] % (
        (day.year, day.month, day.day)[:len(shows.rstrip("t"))]) + (" " + clock if shows == "ymdt" else "")


class Cell:
    """kind: text, number, truth, error, none (a formula never calculated), blank; format: index of FORMATS."""

    def __init__(self, kind, value=None, style=0, formula=None):
        self.kind, self.value, self.style, self.formula = kind, value, style, formula

    def shown(self, is_1904):
        """(kind, text) as it is to be read; None where it has no value."""
        if self.kind == "blank" or (self.kind == "text" and self.value == ""):
            return None
        if self.kind == "truth":
            return "truth", "true" if self.value else "false"
        if self.kind == "none":
            return "none", ""
        if self.kind != "number":
            return self.kind, self.value
        _, way, detail = FORMATS[self.style]
        if way == "date":
            return "date", date_text(self.value, detail, is_1904)
        return "number", number_text(self.value, detail if way != "general" else 0, way == "percent")


TEXTS = ["云湖区", "得分", "a & b < c", " 前后有空格 ", "两\n行", "制\t表", "_x0041_", "𠮷野", "", "98.5", "1,234", "#N/A", "é", "'引号'",
         "0571-12345", "true", "回\r车"]


def random_sheet(random, is_1904):
    """{(row, column): Cell} and merged ranges."""
    cells = {}
    rows = sorted(random.sample(range(1, 60), random.randint(1, 20)))
    for row in rows:
        for column in sorted(random.sample(range(1, 40), random.randint(1, 12))):
            cells[row, column] = random_cell(random)
    row, column = random.randint(1, 50), random.randint(1, 30)
    return cells, [(row, column, row + random.randint(0, 3), column + 1 + random.randint(0, 3))]


def random_cell(random):
    kind = random.choice(("text", "text", "number", "number", "number", "number", "truth", "error", "none", "blank"))
    style = random.randrange(len(FORMATS))
    formula = random.choice((None, None, "A1+B2"))
    if kind == "text":
        return Cell(kind, random.choice(TEXTS) + random.choice(("", "", str(random.random()))), style, formula)
    if kind == "truth":
        return Cell(kind, random.random() < 0.5, style, formula)
    if kind == "error":
        return Cell(kind, random.choice(("#N/A", "#DIV/0!", "#REF!", "#VALUE!")), style, formula)
    if kind == "none":
        return Cell(kind, None, 0, "A1")
    if kind == "blank":
        return Cell(kind, None, style)
    if FORMATS[style][1] == "date":
        whole = random.randint(61, 60000)
        return Cell(kind, whole + random.randrange(86400) / 86400 * (random.random() < 0.7), style, formula)
    value = random.choice((random.randint(-1000, 100000), random.uniform(-100, 100), round(random.uniform(0, 100), 2),
                           random.random() * 10 ** random.randint(-12, 24), 0, 0.1 + 0.2, 0.29))
    return Cell(kind, float(value), style, formula)


def letters(column):
    text = ""
    while column > 0:
        column, left = divmod(column - 1, 26)
        text = chr(65 + left) + text
    return text


def name(row, column):
    return "%s%d" % (letters(column), row)


def as_xml(text):
    """As Excel writes a text: what XML cannot hold as _xHHHH_, and what looks like it with its underscore so."""
    import re
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text).replace("\r", "_x000D_")
    return escape(text)


class Manner:
    """How a program writes a workbook. Sub-classes change what differs."""
    main, office = MAIN, OFFICE
    prefix = ""  # of all elements
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    shares = True  # texts are shared strings
    says_where = True  # r="A1"
    absolute = False
    encoding = "utf-8"
    row_attributes = ' spans="1:40"'

    def tag(self, text):
        """A text of XML whose elements are written < and </ directly, given the prefix."""
        import re
        return re.sub(r"<(/?)(?=[a-zA-Z])(?!\w+:)", lambda m: "<" + m[1] + self.prefix, text) if self.prefix else text

    def part(self, text):
        return (self.head + self.tag(text)).encode(self.encoding)

    def root(self, element, inside, more=""):
        space = ' xmlns:%s="%s"' % (self.prefix[:-1], self.main) if self.prefix else ' xmlns="%s"' % self.main
        return "<%s%s%s>%s</%s>" % (element, space, more, inside, element)

    def number(self, value):
        return repr(value) if value != int(value) or abs(value) > 1e15 else str(int(value))

    def space(self, text):
        return ' xml:space="preserve"' if text != text.strip() else ""

    def string(self, text):
        return "<t%s>%s</t>" % (self.space(text), as_xml(text))

    def format_code(self, code):
        return code

    def styles(self):
        custom = [(164 + i, code) for i, (code, _, _) in enumerate(FORMATS) if isinstance(code, str)]
        formats = "".join("<numFmt numFmtId=\"%d\" formatCode=%s/>" % (i, quoteattr(self.format_code(code))) for i, code in custom)
        xfs = "".join('<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"><alignment vertical="center"/></xf>'
                      % (164 + i if isinstance(code, str) else code) for i, (code, _, _) in enumerate(FORMATS))
        return self.root("styleSheet", '<numFmts count="%d">%s</numFmts><fonts count="1"><font><sz val="11"/></font></fonts>'
                         '<cellStyleXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellStyleXfs><cellXfs count="%d">%s</cellXfs>'
                         '<cellStyles><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>' % (len(custom), formats, len(FORMATS), xfs))

    def formula(self, cell):
        return "<f>%s</f>" % escape(cell.formula) if cell.formula else ""

    def cell(self, place, cell, shared):
        where = ' r="%s"' % place if self.says_where else ""
        start = "<c%s%s" % (where, ' s="%d"' % cell.style if cell.style else "")
        formula = self.formula(cell)
        if cell.kind == "text" and cell.formula:
            return '%s t="str">%s<v%s>%s</v></c>' % (start, formula, self.space(cell.value), as_xml(cell.value))
        if cell.kind == "text" and self.shares:
            return '%s t="s"><v>%d</v></c>' % (start, shared.setdefault(cell.value, len(shared)))
        if cell.kind == "text":
            return '%s t="inlineStr"><is>%s</is></c>' % (start, self.string(cell.value))
        if cell.kind == "number":
            return "%s%s>%s<v>%s</v></c>" % (start, self.number_type(), formula, self.number(cell.value))
        if cell.kind == "truth":
            return '%s t="b">%s<v>%d</v></c>' % (start, formula, cell.value)
        if cell.kind == "error":
            return '%s t="e">%s<v>%s</v></c>' % (start, formula, cell.value)
        return "%s>%s</c>" % (start, formula) if cell.kind == "none" else start + "/>"

    def number_type(self):
        return ""

    def before_data(self):
        return "<sheetViews><sheetView workbookViewId=\"0\"/></sheetViews><sheetFormatPr defaultRowHeight=\"13.5\"/>"

    def after_data(self):
        return ""

    def sheet(self, cells, merged, shared):
        rows = []
        for row in sorted({row for row, _ in cells}) if self.says_where else range(1, max(row for row, _ in cells) + 1):
            columns = sorted(column for r, column in cells if r == row)
            if not self.says_where:
                columns = range(1, max(columns, default=0) + 1)
            inside = "".join(self.cell(name(row, c), cells.get((row, c), Cell("blank")), shared) for c in columns)
            rows.append("<row%s%s>%s</row>" % (' r="%d"' % row if self.says_where else "", self.row_attributes, inside))
        ranges = "".join('<mergeCell ref="%s:%s"/>' % (name(*m[:2]), name(*m[2:])) for m in merged)
        return self.root("worksheet", '%s<sheetData>%s</sheetData><mergeCells count="%d">%s</mergeCells>%s' % (
            self.before_data(), "".join(rows), len(merged), ranges, self.after_data()), self.spaces())

    def spaces(self):
        return ' xmlns:r="%s"' % self.office

    def string_item(self, text):
        return "<si>%s</si>" % self.string(text)

    def strings(self, shared):
        return self.root("sst", "".join(self.string_item(text) for text in shared), ' count="%d" uniqueCount="%d"' % (len(shared), len(shared)))

    def book_before(self):
        return ""

    def book(self, sheets, is_1904):
        settings = '<workbookPr date1904="1"/>' if is_1904 else "<workbookPr/>"
        listed = "".join('<sheet name=%s sheetId="%d"%s r:id="rId%d"/>' % (quoteattr(title), i + 1, ' state="%s"' % state if state else "", i + 1)
                         for i, (title, state, _, _) in enumerate(sheets))
        return self.root("workbook", "%s%s<sheets>%s</sheets><calcPr calcId=\"191029\"/>" % (self.book_before(), settings, listed), self.spaces())

    def link(self, ident, kind, target):
        return '<Relationship Id="%s" Type="%s/%s" Target="%s"/>' % (ident, self.office, kind, target)

    def links(self, links):
        return (self.head + '<Relationships xmlns="%s">%s</Relationships>' % (LINKS, "".join(links))).encode(self.encoding)

    def more_parts(self):
        return {}

    def make(self, sheets, is_1904):
        """The bytes of a workbook; sheets: (name, state, cells, merged)."""
        shared = {}
        base = "/xl/" if self.absolute else ""
        made = [self.sheet(cells, merged, shared) for _, _, cells, merged in sheets]
        links = [self.link("rId%d" % (i + 1), "worksheet", "%sworksheets/sheet%d.xml" % (base, i + 1)) for i in range(len(sheets))]
        links += [self.link("rIdS", "styles", base + "styles.xml"), self.link("rIdT", "theme", base + "theme/theme1.xml")]
        parts = {"[Content_Types].xml": content_types(len(sheets)),
                 "_rels/.rels": self.links([self.link("rId1", "officeDocument", ("/" if self.absolute else "") + "xl/workbook.xml")]),
                 "xl/workbook.xml": self.part(self.book(sheets, is_1904)), "xl/styles.xml": self.part(self.styles())}
        if shared:
            links.append(self.link("rIdX", "sharedStrings", base + "sharedStrings.xml"))
            parts["xl/sharedStrings.xml"] = self.part(self.strings(shared))
        parts["xl/_rels/workbook.xml.rels"] = self.links(links)
        parts.update(("xl/worksheets/sheet%d.xml" % (i + 1), self.part(text)) for i, text in enumerate(made))
        parts.update(self.more_parts())
        return archive(parts)


class Excel(Manner):
    row_attributes = ' spans="1:40" x14ac:dyDescent="0.2"'

    def spaces(self):
        return (' xmlns:r="%s" xmlns:mc="%s" mc:Ignorable="x14ac xr" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
                ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{0}"' % (self.office, MC))

    def number(self, value):  # 17 digits
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else "%.17g" % value

    def string_item(self, text):  # runs, and how it is read aloud
        if len(text) < 3:
            return super().string_item(text)
        halves = text[:2], text[2:]
        return ('<si>%s<rPh sb="0" eb="1"><t>yún</t></rPh><phoneticPr fontId="1" type="noConversion"/></si>'
                % "".join("<r><rPr><sz val=\"11\"/></rPr>%s</r>" % self.string(half) for half in halves))

    def string(self, text):
        return super().string(text)

    def book_before(self):
        return ('<fileVersion appName="xl" lastEdited="7"/><mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\"'
                ' xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>')

    def before_data(self):
        return '<sheetPr codeName="Sheet1"/><dimension ref="A1:AN60"/>' + super().before_data()

    def after_data(self):
        return ('<phoneticPr fontId="1" type="noConversion"/><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
                '<extLst><ext uri="{0}"><x14:id xmlns:x14="urn:x">{1}</x14:id></ext></extLst>')

    def more_parts(self):
        return {"docProps/app.xml": b"<Properties/>", "xl/calcChain.xml": b"not looked at", "xl/theme/theme1.xml": b"<a/>"}


class Wps(Manner):
    def spaces(self):
        return (' xmlns:r="%s" xmlns:mc="%s" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
                ' xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"' % (self.office, MC))

    def number(self, value):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else "%.17g" % value

    def book_before(self):
        return '<fileVersion appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"/>'

    def number_type(self):
        return ""


class LibreOffice(Manner):
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    row_attributes = ' customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"'

    def space(self, text):
        return ' xml:space="preserve"'

    def number_type(self):
        return ' t="n"'

    def formula(self, cell):
        return '<f aca="false">%s</f>' % escape(cell.formula) if cell.formula else ""


class Prefixed(Manner):
    """As .NET libraries write: a prefix for all elements, texts in the cells, targets from the top of the archive."""
    prefix, shares, absolute = "x:", False, True
    row_attributes = ""


class Counted(Prefixed):
    """No cell says where it is."""
    says_where = False


class Strict(Manner):
    main, office = STRICT_MAIN, STRICT_OFFICE


class Wide(Manner):
    """UTF-16 throughout."""
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    encoding = "utf-16"


def content_types(sheets):
    form = "application/vnd.openxmlformats-officedocument.spreadsheetml.%s+xml"
    parts = [("workbook.xml", "sheet.main"), ("styles.xml", "styles"), ("sharedStrings.xml", "sharedStrings")]
    parts += [("worksheets/sheet%d.xml" % (i + 1), "worksheet") for i in range(sheets)]
    listed = "".join('<Override PartName="/xl/%s" ContentType="%s"/>' % (part, form % kind) for part, kind in parts)
    return ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="%s"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            '%s</Types>' % (TYPES, listed)).encode("utf-8")


def archive(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for part, text in parts.items():
            made.writestr(part, text)
    return out.getvalue()


def slashed(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def wanted(sheets, is_1904):
    """The lines that workbook-show prints of it."""
    lines = []
    for title, state, cells, merged in sheets:
        lines.append("%s\tsheet\t%s" % (slashed(title), "hidden" if state else "shown"))
        for row, column in sorted(cells):
            cell = cells[row, column]
            shown = cell.shown(is_1904)
            if shown is not None:
                formula = "=" if cell.formula else ""
                lines.append("\t".join((slashed(title), name(row, column), shown[0], formula, slashed(shown[1]))))
        lines += ["%s\tmerged\t%s:%s" % (slashed(title), name(*m[:2]), name(*m[2:])) for m in merged]
    return lines


MANNERS = {"excel": Excel, "wps": Wps, "libreoffice": LibreOffice, "prefixed": Prefixed, "counted": Counted, "strict": Strict, "wide": Wide}
