"""What happened in Yunlan in 2021 that an assessment has to cope with. README.md tells it in words."""

from .output import number
from .units import DISTRICTS, YEAR

NEW_ZONE = "zone_lanwan"  # created in April 2021: no year before it

# A bonded warehouse opened in Landong and its trade nearly doubled: an outlier for winsorise(1).
OUTLIERS = {("landong", "trade", YEAR): 92.0}

# Two departments that tie at the edge of the quota of `excellent`: the second is as good as the first
# in all but two leaves of equal weight, and there what it loses in one it gains in the other.
TIED = ("natural_resources", "water_resources")
TIED_FINAL = {  # supervised: 98 or more scores 100, 94 scores 92; place 4 scores 92, place 2 100
    "natural_resources": {"supervised": "98.4", "core_work": "4"},
    "water_resources": {"supervised": "94", "core_work": "2"},
}

# Came in after the day on which it was due (2021-09-10): unit, element, period, day.
LATE = ("zehe", "jobs", "2021-08", "2021-09-24", "迟报：应于2021-09-10前报送")

# Corrected after it had been reported: unit, element, period, day, what the first report was of it.
REVISED = ("qingcen", "industry_va", "2021-09", "2021-11-05", 1.034, "经核实剔除重复统计后更正")

# Too few firms answered: a missing figure, in place of which the group's mean stands.
NO_SAMPLE = ("songyan", "business_satisfaction", "2021-Q2", "有效样本不足，当季不出数")

# The province grades no such departments: not applicable.
NOT_GRADED = ("meteorology", "line_rating", "2021", "省级部门未开展对口考核")

# Published later than usual: not yet due, although its period has ended.
PENDING = ("songyan", "investment", "2021-02", "统计部门推迟发布当月数据")


def extra_growth(unit, element, year):
    return OUTLIERS.get((unit, element, year), 0.0)


def like(unit, by_id):
    """The unit whose quality a unit's figures follow: its own but for the tied one."""
    return by_id[TIED[0]] if unit.id == TIED[1] else unit


def tie(figures):
    """Makes the figures of the two come to the same scores over the year, by different figures."""
    first, second = TIED
    rows = figures.rows
    raters = ["op_" + id for id, *_ in DISTRICTS]
    for (unit, element, when) in [key for key in rows if key[0] == second]:
        if element in raters:  # the same seven marks by other districts, the quarters in reverse
            element_of = raters[(raters.index(element) + 3) % len(raters)]
            other = "%d-Q%d" % (YEAR, 5 - int(when[-1]))
        elif element in ("proposals", "public_view", "organ_party"):  # a mean of two halves
            element_of, other = element, "%d-H%d" % (YEAR, 3 - int(when[-1]))
        elif when[4:] in ("-12", "-Q4", "-H2", "") and element not in TIED_FINAL[second]:
            element_of, other = element, when
        else:
            continue
        rows[unit, element, when]["value"] = rows[first, element_of, other]["value"]
    for unit, finals in TIED_FINAL.items():
        rows[unit, "supervised", "%d-12" % YEAR]["value"] = finals["supervised"]
        rows[unit, "core_work", "%d-Q4" % YEAR]["value"] = finals["core_work"]


def tell(figures):
    if figures.year != YEAR:
        return
    rows = figures.rows
    tie(figures)
    unit, element, when, day, note = LATE
    rows[unit, element, when].update(x_received=day, x_note=note)
    unit, element, when, day, factor, note = REVISED
    row = rows[unit, element, when]
    row.update(x_received=day, x_first=number(float(row["value"]) * factor, 2), x_note=note)
    for (unit, element, when, note), state in ((NO_SAMPLE, ""), (NOT_GRADED, "na"), (PENDING, "pending")):
        rows[unit, element, when].update(value="", state=state, x_note=note)


# Among the first six of its group, and excellent but for the veto.
VETOED = "organ_affairs"

# Items outside the hundred points: unit, period, item, level, count, honour, issued, reason, document.
ADJUSTMENTS = {
    2020: [
        ("yunhu", "2020-08", "honour", "provincial", "", "", "", "获评全省数字政府建设先进县（市、区）", "例表〔2020〕15号"),
        ("qingcen", "2020-06", "commended", "", "", "", "", "促进工业稳增长成效明显，受上级督查激励", "例督〔2020〕6号"),
        ("zehe", "2020-07", "criticised", "city", "", "", "", "秸秆禁烧工作不力被通报", "云办通〔2020〕31号"),
        ("songyan", "2020-10", "data_fault", "", "2", "", "", "两次迟报就业数据", "云考办〔2020〕18号"),
        ("zone_hitech", "2020-09", "pilot", "provincial", "", "", "", "承担科技金融改革试点", "例改〔2020〕9号"),
        ("publicity_department", "2020-11", "honour", "provincial", "", "", "", "全省宣传思想工作创新奖", "例宣〔2020〕40号"),
        ("finance", "2020-12", "honour", "bureau", "", "", "", "财政预算绩效管理考核优秀", "例财〔2020〕88号"),
        ("public_security", "2020-05", "honour", "national", "", "", "", "全国优秀公安局", "例公〔2020〕12号"),
        ("transport_group", "2020-09", "criticised", "city", "", "", "", "工程款支付不及时被通报", "云国资〔2020〕27号"),
    ],
    2021: [
        ("yunhu", "2021-06", "commended", "", "", "", "", "打造一流营商环境成效明显，受上级督查激励", "例督〔2021〕5号"),
        ("yunhu", "2021-09", "honour", "bureau", "", "", "", "全省网格化治理示范区", "例政法〔2021〕33号"),
        ("jinting", "2021-07", "honour", "provincial", "", "", "", "全省城市更新先进单位", "例建〔2021〕41号"),
        ("qingcen", "2021-04", "commended", "", "2", "", "", "两项工作受上级督查激励", "例督〔2021〕3号"),
        ("qingcen", "2021-05", "honour", "provincial", "", "h-county", "", "县域经济高质量发展先进（省级通报）", "例发〔2021〕19号"),
        ("qingcen", "2021-10", "honour", "national", "", "h-county", "", "县域经济高质量发展先进（同一荣誉，国家通报）", "国例表〔2021〕7号"),
        ("qingcen", "2021-03", "pilot", "provincial", "", "", "", "承担农村产权交易试点", "例改〔2021〕4号"),
        ("qingcen", "2021-08", "pilot", "national", "", "", "", "承担集成电路产业链协同试点", "国例改〔2021〕11号"),
        ("songyan", "2020-11", "honour", "provincial", "", "", "2021-02-18", "全省生态文明示范县（2020年评选，2021年2月发文）", "例环〔2021〕2号"),
        ("wanglan", "2021-12", "honour", "provincial", "", "", "2022-01-20", "全省智慧物流示范区（2022年1月发文）", "例商〔2022〕1号"),
        ("landong", "2021-07", "accident", "", "", "", "", "港区仓库较大火灾事故", "云安委〔2021〕14号"),
        ("zehe", "2021-09", "data_fault", "", "", "", "", "8月城镇新增就业数据迟报14天", "云考办〔2021〕15号"),
        ("zehe", "2021-05", "criticised", "city", "", "", "", "河道违建整改缓慢被通报", "云办通〔2021〕22号"),
        ("zone_hitech", "2021-06", "pilot", "national", "", "", "", "承担知识产权证券化试点", "国例改〔2021〕8号"),
        ("zone_tech", "2021-11", "honour", "provincial", "", "", "", "全省绿色低碳园区", "例工信〔2021〕52号"),
        ("party_office", "2021-12", "honour", "bureau", "", "", "", "全省党委信息工作先进单位", "例办〔2021〕77号"),
        ("organisation", "2021-09", "honour", "provincial", "", "", "", "全省人才工作创新奖", "例人才〔2021〕12号"),
        ("youth_league", "2021-05", "honour", "national", "", "", "", "全国五四红旗团委", "例青〔2021〕5号"),
        ("cyberspace", "2021-08", "criticised", "city", "", "", "", "网络安全隐患整改不到位被通报", "云办通〔2021〕36号"),
        ("development_reform", "2021-10", "commended", "", "", "", "", "社会信用体系建设受上级督查激励", "例督〔2021〕9号"),
        ("industry_it", "2021-11", "honour", "provincial", "", "", "", "全省先进制造业集群培育先进", "例工信〔2021〕60号"),
        ("human_resources", "2021-07", "criticised", "city", "", "", "", "根治欠薪工作推进不力被通报", "云办通〔2021〕29号"),
        ("state_assets", "2021-12", "honour", "bureau", "", "", "", "国企改革三年行动考核优秀", "例国资〔2021〕58号"),
        ("agriculture", "2021-06", "criticised", "provincial", "", "", "", "高标准农田建设进度滞后被通报", "例农〔2021〕20号"),
        ("foreign_affairs", "2021-04", "data_fault", "", "", "", "", "报送数据与台账不符", "云考办〔2021〕6号"),
        ("education", "2021-09", "honour", "provincial", "", "", "", "全省义务教育优质均衡先进", "例教〔2021〕30号"),
        ("public_security", "2021-01", "honour", "bureau", "", "", "", "扫黑除恶专项斗争成绩突出", "例公〔2021〕1号"),
        ("market_regulation", "2021-07", "honour", "provincial", "", "", "", "全省食品安全工作先进", "例市监〔2021〕25号"),
        (VETOED, "2021-10", "integrity", "", "", "", "", "主要负责人严重违纪违法被立案", "云纪〔2021〕48号"),
        ("industry_group", "2021-08", "honour", "provincial", "", "", "", "全省国企改革三年行动先进", "例国资〔2021〕16号"),
        ("urban_group", "2021-06", "criticised", "provincial", "", "", "", "隐性债务管理不规范被通报", "例财〔2021〕33号"),
    ],
}
ADJUSTMENT_COLUMNS = "unit period item level points count honour issued reason document".split()


def adjustment_rows(year):
    rows = []
    for unit, when, item, level, count, honour, issued, reason, document in ADJUSTMENTS[year]:
        rows.append(dict(unit=unit, period=when, item=item, level=level, count=count, honour=honour,
                         issued=issued, reason=reason, document=document))
    return rows
