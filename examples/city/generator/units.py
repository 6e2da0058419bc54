"""The units of Yunlan (云澜市), a city that does not exist, and what became of some of them.

size is the yearly output of 2019 in 亿元, people in 万人; quality, one number for each year, is what
the figures lean on: 0 is ordinary, 1 is excellent. That of departments comes from their stream.
"""

from collections import namedtuple

from .stream import bell

Unit = namedtuple("Unit", "id name name_en group parent kind order joined left size people quality")

FIRST_YEAR, YEAR = 2020, 2021
YEARS = (FIRST_YEAR, YEAR)

GROUPS = [  # id, Chinese, English, grades
    ("district", "市（县）区", "Districts", "standard"),
    ("zone", "开发区", "Development zones", "standard"),
    ("dept_party", "党群部门", "Party and people's organisations", "department"),
    ("dept_gov", "政府综合经济部门", "Economic departments", "department"),
    ("dept_public", "执法监管和公共服务部门", "Enforcement and public service departments", "department"),
    ("firm", "市属国有企业", "City-owned firms", "standard"),
]
DEPARTMENT_GROUPS = ("dept_party", "dept_gov", "dept_public")

DISTRICTS = [  # id, name, English, kind, size, people, quality of 2020 and 2021
    ("yunhu", "云湖区", "Yunhu District", "区", 1450, 128, 0.55, 0.45),
    ("jinting", "锦汀区", "Jinting District", "区", 980, 96, 0.0, 0.3),
    ("wanglan", "望澜区", "Wanglan District", "区", 1120, 104, 0.1, 0.05),
    ("landong", "澜东区", "Landong District", "区", 1310, 112, 0.4, 0.15),
    ("qingcen", "青岑市", "Qingcen (county-level city)", "县级市", 1680, 142, 0.6, 0.55),
    ("songyan", "松砚县", "Songyan County", "县", 520, 68, -0.4, -0.15),
    ("zehe", "泽禾县", "Zehe County", "县", 610, 81, -0.35, -0.5),
]

ZONES = [  # id, name, English, joined, left, size, people, quality
    ("zone_tech", "云澜经济技术开发区", "Yunlan Economic and Technological Development Zone",
     "", "", 620, 31, 0.5, 0.35),
    ("zone_hitech", "云澜高新技术产业开发区", "Yunlan High-tech Zone", "", "", 710, 28, 0.6, 0.75),
    ("zone_bonded", "澜东综合保税区", "Landong Bonded Zone", "", "", 240, 9, -0.1, 0.1),
    ("zone_resort", "云湖旅游度假区", "Yunhu Lake Resort", "", "", 95, 7, -0.4, -0.1),
    ("zone_qingcen_east", "青岑经济开发区", "Qingcen Economic Zone", "", "2020-12", 210, 12, 0.1, 0),
    ("zone_qingcen_park", "青岑高新技术产业园", "Qingcen High-tech Park", "", "2020-12", 150, 8, -0.2, 0),
    ("zone_qingcen", "青岑高新技术产业开发区", "Qingcen High-tech Zone", "2021-01", "", 360, 20, 0, 0.25),
    ("zone_lanwan", "澜湾科创新区", "Lanwan Science Bay", "2021-04", "", 64, 4, 0, -0.6),
]

SUCCESSIONS = [  # from, to, date
    ("zone_qingcen_east", "zone_qingcen", "2021-01-01"),
    ("zone_qingcen_park", "zone_qingcen", "2021-01-01"),
]

DEPARTMENTS = {
    "dept_party": [
        ("party_office", "市委办公室", "Office of the City Committee"),
        ("discipline_commission", "市纪委监委机关", "Commission for Discipline Inspection"),
        ("organisation", "市委组织部", "Organisation Department"),
        ("publicity_department", "市委宣传部", "Publicity Department"),
        ("united_front", "市委统战部", "United Front Work Department"),
        ("political_legal", "市委政法委", "Political and Legal Affairs Commission"),
        ("policy_research", "市委研究室", "Policy Research Office"),
        ("cyberspace", "市委网信办", "Cyberspace Affairs Office"),
        ("staffing", "市委编办", "Staffing Office"),
        ("organs_committee", "市级机关工委", "Committee for City Organs"),
        ("inspection", "市委巡察办", "Inspection Office"),
        ("veteran_cadres", "市委老干部局", "Veteran Cadres Bureau"),
        ("party_school", "市委党校", "Party School"),
        ("archives", "市档案馆", "City Archives"),
        ("trade_unions", "市总工会", "Federation of Trade Unions"),
        ("youth_league", "团市委", "Youth League Committee"),
        ("womens_federation", "市妇联", "Women's Federation"),
        ("science_association", "市科协", "Association for Science and Technology"),
        ("industry_commerce", "市工商联", "Federation of Industry and Commerce"),
        ("disabled_federation", "市残联", "Disabled Persons' Federation"),
    ],
    "dept_gov": [
        ("government_office", "市政府办公室", "General Office of the Government"),
        ("development_reform", "市发展改革委", "Development and Reform Commission"),
        ("industry_it", "市工业和信息化局", "Industry and Information Technology Bureau"),
        ("science_technology", "市科技局", "Science and Technology Bureau"),
        ("finance", "市财政局", "Finance Bureau"),
        ("human_resources", "市人力资源社会保障局", "Human Resources and Social Security Bureau"),
        ("natural_resources", "市自然资源和规划局", "Natural Resources and Planning Bureau"),
        ("housing_construction", "市住房城乡建设局", "Housing and Construction Bureau"),
        ("transport", "市交通运输局", "Transport Bureau"),
        ("water_resources", "市水利局", "Water Resources Bureau"),
        ("agriculture", "市农业农村局", "Agriculture and Rural Affairs Bureau"),
        ("commerce", "市商务局", "Commerce Bureau"),
        ("culture_tourism", "市文化广电和旅游局", "Culture and Tourism Bureau"),
        ("audit", "市审计局", "Audit Bureau"),
        ("state_assets", "市国资委", "State Assets Commission"),
        ("statistics", "市统计局", "Statistics Bureau"),
        ("local_finance", "市地方金融监管局", "Local Financial Supervision Bureau"),
        ("grain_reserves", "市粮食和物资储备局", "Grain and Reserves Bureau"),
        ("foreign_affairs", "市政府外办", "Foreign Affairs Office"),
        ("investment_promotion", "市投资促进局", "Investment Promotion Bureau"),
    ],
    "dept_public": [
        ("public_security", "市公安局", "Public Security Bureau"),
        ("justice", "市司法局", "Justice Bureau"),
        ("civil_affairs", "市民政局", "Civil Affairs Bureau"),
        ("education", "市教育局", "Education Bureau"),
        ("ecology", "市生态环境局", "Ecology and Environment Bureau"),
        ("health", "市卫生健康委", "Health Commission"),
        ("veterans", "市退役军人事务局", "Veterans Affairs Bureau"),
        ("emergency", "市应急管理局", "Emergency Management Bureau"),
        ("market_regulation", "市市场监管局", "Market Regulation Bureau"),
        ("sports", "市体育局", "Sports Bureau"),
        ("medical_insurance", "市医保局", "Medical Insurance Bureau"),
        ("urban_management", "市城市管理局", "Urban Management Bureau"),
        ("petition_bureau", "市信访局", "Petition Bureau"),
        ("administrative_approval", "市行政审批局", "Administrative Approval Bureau"),
        ("civil_defence", "市人防办", "Civil Defence Office"),
        ("organ_affairs", "市机关事务管理局", "Organ Affairs Bureau"),
        ("tax_bureau", "市税务局", "Tax Bureau"),
        ("meteorology", "市气象局", "Meteorological Bureau"),
        ("fire_rescue", "市消防救援支队", "Fire and Rescue Brigade"),
        ("housing_fund", "市住房公积金管理中心", "Housing Fund Centre"),
    ],
}

FIRMS = [  # id, name, English, yearly revenue of 2019 in 亿元, quality
    ("industry_group", "云澜产业发展集团", "Yunlan Industry Group", 168, 0.4, 0.5),
    ("urban_group", "云澜城市建设投资集团", "Yunlan Urban Construction Group", 126, -0.1, -0.3),
    ("transport_group", "云澜交通产业集团", "Yunlan Transport Group", 92, 0.1, 0.2),
    ("tourism_group", "云澜文化旅游集团", "Yunlan Culture and Tourism Group", 38, -0.5, 0.0),
    ("water_group", "云澜水务环境集团", "Yunlan Water Group", 54, 0.5, 0.3),
]

STREETS = [  # id, name, English, parent
    ("street_hubin", "湖滨街道", "Hubin Street", "yunhu"),
    ("street_liuqiao", "柳桥街道", "Liuqiao Street", "yunhu"),
]


def clip(value, low, high):
    return min(max(value, low), high)


# Set by hand: the two that tie (see story.py).
DEPARTMENT_QUALITY = {"natural_resources": (0.1, 0.12), "water_resources": (0.3, 0.12)}


def department_quality(unit):
    """A department's standing: it changes little from one year to the next."""
    if unit in DEPARTMENT_QUALITY:
        return DEPARTMENT_QUALITY[unit]
    first = clip(0.6 * bell("quality", unit), -1.2, 1.2)
    return first, clip(0.8 * first + 0.25 * bell("quality", unit, YEAR), -1.2, 1.2)


def all_units():
    """Every unit, in the official order of its group; those without a group come first."""
    units = [Unit("city", "云澜市", "Yunlan City", "", "", "市", "", "", "", 0, 0, (0, 0))]
    for id, name, name_en, parent in STREETS:
        units.append(Unit(id, name, name_en, "", parent, "街道", "", "", "", 0, 0, (0, 0)))
    for i, (id, name, name_en, kind, size, people, *quality) in enumerate(DISTRICTS):
        units.append(Unit(id, name, name_en, "district", "city", kind, i + 1, "", "", size, people,
                          tuple(quality)))
    for i, (id, name, name_en, joined, left, size, people, *quality) in enumerate(ZONES):
        units.append(Unit(id, name, name_en, "zone", "city", "开发区", i + 1, joined, left, size,
                          people, tuple(quality)))
    for group in DEPARTMENT_GROUPS:
        for i, (id, name, name_en) in enumerate(DEPARTMENTS[group]):
            units.append(Unit(id, name, name_en, group, "city", "部门", i + 1, "", "", 0, 0,
                              department_quality(id)))
    for i, (id, name, name_en, size, *quality) in enumerate(FIRMS):
        units.append(Unit(id, name, name_en, "firm", "city", "国有企业", i + 1, "", "", size, 0,
                          tuple(quality)))
    return units


def known_in(year):
    """The units that the package of a year names: all but those that came later."""
    return [u for u in all_units() if not u.joined or int(u.joined[:4]) <= year]


def takes_part(unit, year, last_month):
    """Whether the unit exists in the period that ends with that month."""
    now = "%d-%02d" % (year, last_month)
    return (not unit.joined or unit.joined <= now) and (not unit.left or now <= unit.left)


def unit_rows(year):
    rows = []
    for u in known_in(year):
        rows.append(dict(id=u.id, name=u.name, name_en=u.name_en, group=u.group, parent=u.parent,
                         kind=u.kind, order=u.order, joined=u.joined, left=u.left))
    return rows


def succession_rows():
    return [dict(zip(("from", "to", "date"), row)) for row in SUCCESSIONS]


UNIT_COLUMNS = "id name name_en group parent kind order joined left".split()
SUCCESSION_COLUMNS = "from to date share".split()
