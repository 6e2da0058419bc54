"""The sheet that the statistics bureau sends each month, and the mapping by which it is read.

The sheet is made from the figures of the package, so that what is read from it is what is there.
"""

import csv
import io

from .output import period
from .units import SUCCESSIONS, YEAR

MONTH = 8
SHEET = "sheets/%d年%d月主要经济指标.csv" % (YEAR, MONTH)
MAPPING = "mappings/monthly.yaml"

# As the bureau calls them, with spaces that make the names equally wide; None are the zones together.
ROWS = (("全　　市", "city"), ("云 湖 区", "yunhu"), ("锦 汀 区", "jinting"), ("望 澜 区", "wanglan"),
        ("澜 东 区", "landong"), ("青 岑 市", "qingcen"), ("松 砚 县", "songyan"), ("泽 禾 县", "zehe"),
        ("开发区小计", None), ("云澜经开区", "zone_tech"), ("云澜高新区", "zone_hitech"),
        ("综合保税区", "zone_bonded"), ("旅游度假区", "zone_resort"), ("青岑高新区", "zone_qingcen"),
        ("澜湾科创区", "zone_lanwan"))

# Header, element, decimals, how many of the sheet's unit make one of the package's, whether with growth.
COLUMNS = (("规模以上工业增加值", "industry_va", 2, 1, True), ("固定资产投资", "investment", 0, 1, False),
           ("社会消费品零售总额", "retail", 2, 1, True),
           ("一般公共预算收入（万元）", "budget_revenue", 0, 10000, True),
           ("实际使用外资（万美元）", "foreign_capital", 0, 1, False))

NOTES = ("注：1.本表为初步统计数，同比按现价计算；澜湾科创新区2021年4月设立，无上年同期数。",
         "　　2.开发区数已含在所在市（县）区内；全市投资、外资数由主管部门另行发布。")

TEXT = """\
# 市统计局每月《主要经济指标》的对照表，由 make.py 生成。各键的含义见 docs/mappings.zh-CN.md。
# How the statistics bureau's monthly sheet is read; written by make.py. docs/mappings.md has the keys.
baton: 1
title: {zh: 市统计局主要经济指标月报, en: Monthly figures of the statistics bureau}

# 第3、4行是表头；CSV 没有合并单元格，空格沿用左边的文字。二者以“/”相连，如“固定资产投资/累计”。
# Rows 3 and 4 are the header; an empty cell has the text to its left. The two are joined by "/".
header: [3, 4]
fill: true
# 名称中的空格不计：“云 湖 区”即“云湖区”。 Spaces in names do not count.
loose: true
# 单位一变即报错，不会把万元当亿元读入。 Refuse the sheet when it is no longer in 亿元.
expect: {I2: "单位：亿元"}

unit:
  column: 地区
  # units.csv 中的名称无须再写，这里只写简称。 Names of units.csv are known; these are short ones.
  names:
    全市: city
    云澜经开区: zone_tech
    云澜高新区: zone_hitech
    综合保税区: zone_bonded
    旅游度假区: zone_resort
    青岑高新区: zone_qingcen
    澜湾科创区: zone_lanwan
  skip: [开发区小计]

element:
  in: header
  # 未列出的列（同比）不读：增速由方案计算。 Growth is not read: the scheme computes it.
  names:
    规模以上工业增加值/累计: industry_va
    固定资产投资/累计: investment
    社会消费品零售总额/累计: retail
    # 表中为万元，考核包中为亿元。 10,000 yuan in the sheet, 100 million in the package.
    一般公共预算收入（万元）/累计: {element: budget_revenue, factor: 0.0001}
    实际使用外资（万美元）/累计: foreign_capital

# 数据所属月份取自标题。 The title says the month.
period:
  cell: A1
  names: {"{year}年1-{month}月*": "{year}-{month}"}

values: {thousands: true}
"""


def spaced(value, decimals):
    """A number as an office prints it: 12,345.60."""
    return "{:,.{}f}".format(value, decimals)


def sheet(observations):
    """The text of the sheet, from the rows of observations.csv."""
    values = {(row["unit"], row["element"], row["period"]): row["value"] for row in observations}
    zones = [unit for _, unit in ROWS if unit and unit.startswith("zone_")]

    def figure(unit, element, year):
        """None where there is none; a merged zone had what its parts had."""
        whose = [unit] if unit else zones
        if year < YEAR:
            whose = [old for one in whose for old in
                     [old for old, new, _ in SUCCESSIONS if new == one] or [one]]
        found = [values.get((one, element, period(year, "month", MONTH)), "") for one in whose]
        found = [float(text) for text in found if text]
        return sum(found) if found else None

    def cells(unit):
        for _, element, decimals, times, growth in COLUMNS:
            now = figure(unit, element, YEAR)
            yield "" if now is None else spaced(now * times, decimals)
            if growth:
                before = figure(unit, element, YEAR - 1)
                yield "—" if before is None else spaced(100 * (now / before - 1), 1)

    above, below = ["地区"], [""]
    for title, _, _, _, growth in COLUMNS:
        above += [title] + [""] * growth
        below += ["累计"] + ["同比（%）"] * growth
    width = len(above)
    lines = [["%d年1-%d月主要经济指标" % (YEAR, MONTH)], [""] * (width - 1) + ["单位：亿元"], above, below]
    lines += [[name, *cells(unit)] for name, unit in ROWS]
    lines += [[note] for note in NOTES]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(line + [""] * (width - len(line)) for line in lines)
    return out.getvalue()
