"""The units of Yunhu District (云湖区), one of the districts of the example city, and what each answers for there.

quality is what the figures lean on: 0 is ordinary, 1 is excellent. `answers` are indicators of the city's assessment of
the district with their weights in hundredths: the unit's score of that indicator is the district's own.
"""

from collections import namedtuple

from generator.stream import bell

DISTRICT = "yunhu"  # its id in the city's package
YEAR = 2021

Group = namedtuple("Group", "id name name_en title document weights")
# The five classes, each with a measure of its own; weights of the blocks in points of the hundred.
GROUPS = [
    Group("organ", "区级机关", "Departments", "区级机关综合考核办法", "organs",
          dict(city=40, duties=25, service=20, organ_building=15)),
    Group("street", "街道", "Streets", "街道综合考核办法", "streets",
          dict(city=25, economy=25, livelihood=25, stability=15, branches=10)),
    Group("park", "产业园区", "Industrial parks", "产业园区综合考核办法", "parks",
          dict(city=15, growth=45, projects=25, park_safety=15)),
    Group("firm", "区属国有企业", "District-owned firms", "区属国有企业综合考核办法", "firms",
          dict(operation=50, risk=25, transform=15, firm_party=10)),
    Group("vertical", "垂直管理单位", "Units under vertical management", "垂直管理单位综合考核办法", "verticals",
          dict(city=40, duties=30, service=30)),
]

Unit = namedtuple("Unit", "id name name_en group kind order answers size quality")

UNITS = {
    "organ": [  # id, name, English, what it answers for
        ("party_office", "区委办公室", "District Committee Office", dict(reform_tasks=100)),
        ("government_office", "区政府办公室", "District Government Office", dict(livelihood_projects=100)),
        ("discipline_commission", "区纪委监委机关", "Commission for Discipline Inspection", dict(conduct=100)),
        ("organisation", "区委组织部", "Organisation Department", dict(party_building=60, talent=40)),
        ("publicity_department", "区委宣传部", "Publicity Department", dict(publicity=100)),
        ("political_legal", "区委政法委", "Political and Legal Affairs Commission",
         dict(petitions=60, street_cases=40)),
        ("development_reform", "区发展改革委", "Development and Reform Commission",
         dict(gdp_growth=50, investment=30, credit=20)),
        ("industry_it", "区工业和信息化局", "Industry and Information Technology Bureau",
         dict(industry_growth=40, specialised=20, iot_revenue=20, energy_cut=20)),
        ("science_technology", "区科技局", "Science and Technology Bureau",
         dict(rd_intensity=50, hightech_firms=30, hightech_share=20)),
        ("finance", "区财政局", "Finance Bureau", dict(budget_growth=60, finance_share=40)),
        ("human_resources", "区人力资源社会保障局", "Human Resources and Social Security Bureau",
         dict(jobs=60, income_growth=40)),
        ("housing_construction", "区住房城乡建设局", "Housing and Construction Bureau", dict(housing=100)),
        ("commerce", "区商务局", "Commerce Bureau", dict(retail_growth=40, trade_growth=30, foreign_capital=30)),
        ("statistics", "区统计局", "Statistics Bureau", dict(satisfaction=100)),
        ("civil_affairs", "区民政局", "Civil Affairs Bureau", dict(elderly=100)),
        ("emergency", "区应急管理局", "Emergency Management Bureau", dict(accidents=60, hazards=40)),
        ("administrative_approval", "区行政审批局", "Administrative Approval Bureau",
         dict(one_stop=60, business_env=40)),
        ("investment_promotion", "区投资促进局", "Investment Promotion Bureau", dict(major_projects=100)),
        ("urban_management", "区城市管理局", "Urban Management Bureau", dict(complaints=100)),
        ("market_regulation", "区市场监管局", "Market Regulation Bureau", dict(food=60, patents=40)),
    ],
    "street": [  # the last number is people in 万人
        ("street_hubin", "湖滨街道", "Hubin Street", dict(lake_phosphorus=70), 17),
        ("street_liuqiao", "柳桥街道", "Liuqiao Street", dict(housing=70), 21),
        ("street_gulou", "古楼街道", "Gulou Street", dict(street_cases=70), 19),
        ("street_wenchang", "文昌街道", "Wenchang Street", dict(one_stop=70), 16),
        ("street_shuangqiao", "双桥街道", "Shuangqiao Street", dict(jobs=70), 18),
        ("street_yunshan", "云山街道", "Yunshan Street", dict(clean_days=70), 12),
        ("street_donggang", "东港街道", "Donggang Street", dict(hazards=70), 14),
        ("street_xilin", "西林街道", "Xilin Street", dict(elderly=70), 11),
    ],
    "park": [  # the last number is the yearly output of 2020 in 亿元
        ("park_digital", "云湖数字产业园", "Yunhu Digital Park", dict(iot_revenue=100), 186),
        ("park_finance", "云湖金融城", "Yunhu Finance Quarter", dict(finance_share=100), 142),
        ("park_science", "云湖科创园", "Yunhu Science Park", dict(hightech_firms=100), 118),
        ("park_making", "云山先进制造园", "Yunshan Manufacturing Park", dict(industry_growth=100), 231),
        ("park_lakeside", "湖滨文旅集聚区", "Lakeside Culture and Tourism Area", dict(retail_growth=100), 64),
    ],
    "firm": [  # the last number is the equity in 亿元
        ("yunhu_invest", "云湖城市投资集团", "Yunhu Investment Group", {}, 92),
        ("yunhu_build", "云湖建设发展公司", "Yunhu Building Company", {}, 46),
        ("yunhu_assets", "云湖资产经营公司", "Yunhu Assets Company", {}, 38),
        ("yunhu_tourism", "云湖文旅发展公司", "Yunhu Tourism Company", {}, 21),
        ("yunhu_services", "云湖城市服务公司", "Yunhu City Services", {}, 12),
    ],
    "vertical": [
        ("tax_bureau", "云湖区税务局", "Yunhu Tax Bureau", dict(tax_share=60, budget_growth=40)),
        ("ecology", "云湖生态环境局", "Yunhu Ecology Bureau", dict(pm25=40, clean_days=30, rectify=30)),
        ("natural_resources", "自然资源和规划云湖分局", "Yunhu Branch of Natural Resources",
         dict(major_projects=100)),
        ("public_security", "公安云湖分局", "Yunhu Branch of Public Security", dict(safety=100)),
        ("fire_rescue", "云湖消防救援大队", "Yunhu Fire and Rescue Battalion", dict(hazards=100)),
        ("lake_authority", "云湖水域管理处", "Lake Authority", dict(lake_phosphorus=60, water_quality=40)),
    ],
}
KINDS = {"organ": "部门", "street": "街道", "park": "园区", "firm": "国有企业", "vertical": "派驻机构"}


def clip(value, low, high):
    return min(max(value, low), high)


def all_units():
    """Every unit, in the official order of its group."""
    units = []
    for group in GROUPS:
        for order, (id, name, name_en, answers, *size) in enumerate(UNITS[group.id], 1):
            units.append(Unit(id, name, name_en, group.id, KINDS[group.id], order, answers, (size or [0])[0],
                              clip(0.55 * bell("district", "quality", id), -1, 1)))
    return units


def quality(unit, what):
    """How good the unit is at this: its own quality and a bent for the thing."""
    return clip(0.8 * unit.quality + 0.4 * bell("district", "bent", unit.id, what), -1.5, 1.5)


UNIT_COLUMNS = "id name name_en group kind order".split()


def unit_rows():
    return [{column: getattr(unit, column) for column in UNIT_COLUMNS} for unit in all_units()]
