"""The indicator tree: common and individual indicators of districts and zones, departments, firms.

A leaf's weight is in points of the hundred (districts, firms) or in hundredths of its block
(departments); zones and two classes of departments have weights of their own in weights.csv.
"""

from .units import DEPARTMENT_GROUPS, DISTRICTS, FIRST_YEAR, YEAR

COLUMNS = ("id name name_en parent weight kind class direction method value accumulate due when lo hi "
           "missing treat aggregate decimals frequency order source verifier measure basis").split()

# Blocks of districts and zones: id, Chinese, English, weight of 2021 in districts and in zones.
BLOCKS = [
    ("economy", "经济发展", "Economy", 26, 45),
    ("innovation", "科技创新", "Innovation", 15, 20),
    ("reform", "改革开放", "Reform", 10, 10),
    ("environment", "生态环境", "Environment", 14, 10),
    ("livelihood", "民生保障", "Livelihood", 14, 0),
    ("safety", "安全稳定", "Safety and stability", 8, 8),
    ("party", "党的建设", "Party building", 8, 7),
    ("satisfaction", "群众满意度", "Public satisfaction", 5, 0),
]
# Blocks of departments: id, Chinese, English, weight for Party, economic, service departments.
DEPARTMENT_BLOCKS = [
    ("duties", "履行职能", "Duties", 45, 55, 50),
    ("upward", "争先进位", "Awards from above", 15, 15, 10),
    ("opinion", "服务评价", "Opinion of their service", 20, 20, 25),
    ("organ", "机关建设", "Organ building", 20, 10, 15),
]
FIRM_BLOCKS = [
    ("operation", "经营效益", "Operation", 45),
    ("risk", "债务与风险", "Debt and risk", 20),
    ("transform", "改革创新", "Reform and innovation", 15),
    ("firm_safety", "安全生产", "Work safety", 10),
    ("firm_party", "党的建设", "Party building", 10),
]


def leaf(id, name, name_en, parent, weight, method, **more):
    return dict(id=id, name=name, name_en=name_en, parent=parent, weight=weight, method=method, **more)


def common(year):
    """The 39 common indicators of districts. Six lines differ between the years: see README.md."""
    now = year == YEAR

    def growth(element):
        return "100*yoy(%s)" % element if now else ""

    rows = [
        leaf("gdp_growth", "地区生产总值增速", "Growth of output", "economy", 4, "efficacy",
             value=growth("gdp"), frequency="quarter", source="statistics", measure="%"),
        leaf("industry_growth", "规上工业增加值增速", "Growth of industry", "economy", 3, "efficacy",
             value=growth("industry_va"), frequency="month", source="statistics", measure="%"),
        leaf("investment", "固定资产投资", "Fixed investment", "economy", 3, "progress",
             frequency="month", source="development_reform", verifier="statistics", measure="亿元"),
        leaf("major_projects", "重大产业项目开工数", "Major projects started", "economy", 3,
             "project_race" if now else "project_bands", when="max_of(major_projects) > 0",
             frequency="month", source="development_reform", verifier="investment_promotion",
             measure="个", **{"class": "competitive"}),
        leaf("budget_growth", "一般公共预算收入增速", "Growth of budget revenue", "economy", 3,
             "efficacy", value=growth("budget_revenue"), frequency="month", source="finance",
             verifier="audit", measure="%"),
        leaf("tax_share", "税收占一般公共预算收入比重", "Taxes in budget revenue", "economy", 2,
             "tax_bands", value="100*tax_revenue/budget_revenue", source="finance",
             verifier="tax_bureau", measure="%"),
        leaf("retail_growth", "社会消费品零售总额增速", "Growth of retail sales", "economy", 2,
             "placing", value=growth("retail"), frequency="month", source="statistics", measure="%"),
        leaf("trade_growth", "外贸进出口总额增速", "Growth of foreign trade", "economy", 2, "standard",
             value=growth("trade"), treat="winsorise(1)", frequency="month", source="commerce",
             measure="%"),
        leaf("foreign_capital", "实际使用外资", "Foreign capital used", "economy", 1, "completion",
             frequency="month", source="commerce", verifier="investment_promotion", measure="万美元"),
    ]
    if not now:
        rows.append(leaf("outside_capital", "招商引资到位资金", "Outside capital arrived", "economy", 3,
                         "completion", frequency="month", source="investment_promotion",
                         verifier="audit", measure="亿元"))
    rows += [
        leaf("rd_intensity", "全社会研发投入强度", "R&D intensity", "innovation", 3, "nearest_best",
             value="100*rd_spend/gdp", frequency="half", due="45d", source="science_technology",
             verifier="statistics", measure="%"),
        leaf("hightech_share", "高新技术产业产值占比", "High-tech share of industry", "innovation", 2,
             "between_bounds", value="100*hightech_output/industry_output", lo=35, hi=60,
             source="science_technology", verifier="statistics", measure="%"),
        leaf("patents", "万人发明专利拥有量", "Patents per 10,000 people", "innovation", 1.5,
             "efficacy", value="per_head_patents", source="market_regulation", measure="件"),
        leaf("hightech_firms", "高新技术企业净增数", "More high-tech firms", "innovation", 2,
             "completion", frequency="month", source="science_technology", verifier="tax_bureau",
             measure="家"),
        leaf("talent", "万人新引进人才数", "New talent per 10,000 people", "innovation", 1.5,
             "percentile_floor", value="talent_new/population", source="human_resources",
             verifier="organisation", measure="人"),
    ]
    if now:
        rows.append(leaf("specialised", "专精特新企业培育数", "Specialised firms fostered",
                         "innovation", 3, "completion", frequency="month", source="industry_it",
                         verifier="market_regulation", measure="家"))
    rows += [
        leaf("reform_tasks", "重点改革任务完成率", "Reform tasks done", "reform", 3, "tasks",
             value="100*reform_done/reform_planned", missing="zero", source="policy_research",
             measure="%"),
        leaf("business_env", "营商环境评价", "Business environment", "reform", 3, "given",
             accumulate="mean", frequency="half", source="development_reform",
             verifier="administrative_approval", measure="分"),
        leaf("one_stop", "政务服务一网通办率", "Services in one place", "reform", 2, "steps",
             frequency="month", source="administrative_approval", measure="%"),
        leaf("credit", "社会信用体系建设", "Social credit", "reform", 2, "four_levels", missing="last",
             frequency="quarter", source="development_reform"),
        leaf("pm25", "PM2.5 平均浓度", "PM2.5", "environment", 3, "concentration", direction="down",
             accumulate="mean", frequency="month", decimals=1, source="ecology",
             verifier="meteorology", measure="微克/立方米"),
        leaf("clean_days", "空气质量优良天数比率", "Days of good air", "environment", 2, "completion",
             frequency="month", source="ecology", measure="%"),
        leaf("water_quality", "地表水优Ⅲ类断面比例", "Surface water of grade III", "environment", 3,
             "steps", frequency="month", source="ecology", verifier="water_resources", measure="%",
             **{"class": "gate"}),
        leaf("energy_cut", "单位产值能耗变化", "Change of energy per output", "environment", 2,
             "efficacy", value=growth("energy_intensity"), direction="down", frequency="quarter",
             source="statistics", verifier="development_reform", measure="%"),
        leaf("complaints", "万人环境信访件数", "Complaints per 10,000 people", "environment", 1,
             "nearest_best", value="complaints_filed/population", accumulate="sum", direction="down",
             frequency="month", source="ecology", verifier="petition_bureau", measure="件"),
        leaf("rectify", "督察问题逾期未整改数", "Overdue rectifications", "environment", 1, "faults",
             direction="down", frequency="month", source="ecology", measure="件"),
        leaf("income_growth", "居民人均可支配收入增速", "Growth of income", "livelihood", 3, "efficacy",
             frequency="quarter", source="statistics", measure="%"),
        leaf("jobs", "城镇新增就业", "New urban jobs", "livelihood", 2.5, "completion",
             frequency="month", source="human_resources", measure="人"),
        leaf("housing", "老旧小区改造户数", "Old housing renewed", "livelihood", 2, "progress",
             frequency="month", source="housing_construction", verifier="finance", measure="户"),
        leaf("elderly", "护理型养老床位占比", "Nursing beds for the elderly", "livelihood", 2,
             "elderly_bands", frequency="half", source="civil_affairs", verifier="health",
             measure="%"),
        leaf("livelihood_projects", "民生实事项目完成率", "Livelihood projects done", "livelihood", 2.5,
             "tasks", value="100*projects_done/projects_planned", missing="zero",
             source="government_office", measure="%"),
        leaf("accidents", "生产安全事故死亡人数", "Deaths in work accidents", "safety", 3, "control",
             direction="down", frequency="month", source="emergency", measure="人"),
        leaf("hazards", "重大隐患整改率", "Hazards removed", "safety", 2, "shortfall",
             frequency="month", source="emergency", verifier="fire_rescue", measure="%"),
        leaf("petitions", "信访事项按期办结率", "Petitions closed in time", "safety", 1.5, "hotline",
             frequency="month", source="petition_bureau", measure="%"),
        leaf("food", "食品安全抽检合格率", "Food samples that pass", "safety", 1.5, "meets",
             frequency="month", source="market_regulation", verifier="health", measure="%"),
        leaf("party_building", "基层党建考核", "Party building", "party", 3, "given",
             accumulate="mean", frequency="half", source="organisation", measure="分"),
        leaf("conduct", "党风廉政问题数", "Breaches of conduct", "party", 3, "faults_small",
             direction="down", frequency="month", source="discipline_commission",
             verifier="inspection", measure="件"),
        leaf("publicity", "宣传思想和意识形态工作", "Publicity", "party", 2, "four_levels",
             missing="last", frequency="quarter", source="publicity_department"),
        leaf("public_satisfaction", "居民满意度", "Satisfaction of residents", "satisfaction", 3,
             "given", accumulate="mean", missing="mean", frequency="quarter", due="25d",
             source="statistics", measure="分"),
        leaf("business_satisfaction", "企业满意度", "Satisfaction of firms", "satisfaction", 2,
             "given", accumulate="mean", missing="mean", frequency="quarter", due="25d",
             source="industry_commerce", measure="分"),
    ]
    return rows


# The 17 individual indicators; of each block every district has exactly one.
INDIVIDUAL_POINTS = {"economy": 3, "innovation": 2, "environment": 2, "livelihood": 2}


def individual():
    """Pairs of a leaf and the districts that have it."""

    def own(districts, id, name, name_en, parent, method, **more):
        return districts.split(), leaf(id, name, name_en, parent, INDIVIDUAL_POINTS[parent], method,
                                       kind="individual", **more)

    return [
        own("yunhu", "finance_share", "金融业增加值占比", "Finance in output", "economy",
            "finance_bands", value="100*finance_va/gdp", frequency="quarter", source="local_finance",
            verifier="statistics", measure="%"),
        own("jinting zehe", "tourism_income", "文旅融合收入", "Income of culture and tourism", "economy",
            "from_baseline", frequency="month", source="culture_tourism", verifier="tax_bureau",
            measure="亿元"),
        own("wanglan", "online_trade", "跨境电商交易额", "Cross-border e-commerce", "economy", "progress",
            frequency="month", source="commerce", measure="亿元"),
        own("landong", "port_containers", "港口集装箱吞吐量", "Containers through the port", "economy",
            "progress", frequency="month", source="transport", measure="万标箱"),
        own("qingcen", "equipment_cluster", "高端装备集群产值", "Output of the equipment cluster",
            "economy", "slopes", frequency="month", source="industry_it", verifier="statistics",
            measure="亿元"),
        own("songyan", "modern_farms", "现代农业园区产值", "Output of modern farms", "economy", "slopes",
            frequency="month", source="agriculture", verifier="statistics", measure="亿元"),
        own("yunhu wanglan", "iot_revenue", "物联网产业营业收入", "Revenue of the internet of things",
            "innovation", "from_baseline", frequency="month", source="industry_it", measure="亿元"),
        own("jinting landong", "campus_projects", "校企合作项目数", "Projects with universities",
            "innovation", "progress", frequency="month", source="science_technology", measure="个"),
        own("qingcen", "tech_contracts", "技术合同成交额", "Technology contracts", "innovation",
            "slopes", frequency="month", source="science_technology", measure="亿元"),
        own("songyan zehe", "farm_science", "农业科技示范评价", "Demonstration of farm science",
            "innovation", "given", accumulate="mean", frequency="half", source="agriculture",
            measure="分"),
        own("yunhu jinting", "lake_phosphorus", "云湖总磷浓度", "Phosphorus in the lake", "environment",
            "concentration", direction="down", accumulate="mean", frequency="month", decimals=1,
            source="ecology", verifier="water_resources", measure="毫克/升"),
        own("wanglan landong", "shoreline", "沿江岸线生态修复长度", "River shore restored",
            "environment", "progress", frequency="month", source="water_resources", measure="公里"),
        own("qingcen songyan", "forest", "林木覆盖率", "Forest cover", "environment", "completion",
            frequency="year", source="natural_resources", measure="%"),
        own("zehe", "straw", "秸秆综合利用率", "Straw put to use", "environment", "steps",
            frequency="year", due="50d", source="agriculture", measure="%"),
        own("yunhu", "street_cases", "街道网格事件办结率", "Street cases closed", "livelihood",
            "shortfall", value="100*children(cases_closed)/children(cases_filed)",
            source="political_legal", measure="%"),
        own("jinting wanglan landong", "urban_renewal", "城市更新完成面积", "Urban renewal",
            "livelihood", "progress", frequency="month", source="housing_construction",
            measure="万平方米"),
        own("qingcen songyan zehe", "village_income", "村集体经营性收入", "Income of villages",
            "livelihood", "completion", accumulate="sum", frequency="half", source="agriculture",
            verifier="audit", measure="万元"),
    ]


# Weights of zones, leaf by leaf, in the blocks that they have; the resort has some of its own.
ZONE_LEAVES = {
    "economy": dict(gdp_growth=8, industry_growth=8, investment=6, major_projects=7, budget_growth=6,
                    tax_share=0, retail_growth=0, trade_growth=5, foreign_capital=5),
    "innovation": dict(rd_intensity=5, hightech_share=4, patents=0, hightech_firms=5, talent=3,
                       specialised=3),
    "reform": dict(reform_tasks=3, business_env=4, one_stop=3, credit=0),
    "environment": dict(pm25=0, clean_days=0, water_quality=3, energy_cut=4, complaints=2, rectify=1),
    "safety": dict(accidents=3, hazards=3, petitions=2, food=0),
    "party": dict(party_building=4, conduct=3, publicity=0),
}
RESORT_LEAVES = {
    "economy": dict(industry_growth=0, retail_growth=13, trade_growth=0),
    "innovation": dict(rd_intensity=4, hightech_share=0, hightech_firms=6, talent=6, specialised=4),
}


def block_points(year, id, points, zone_points):
    """An amendment of 2021 moved 3 points from the economy to innovation."""
    if year == FIRST_YEAR:
        shift = {"economy": 3, "innovation": -3}.get(id, 0)
        return points + shift, zone_points + shift
    return points, zone_points


def departments():
    """The indicators of departments; weights are hundredths of the block."""
    return [
        leaf("key_tasks", "年度重点任务完成率", "Key tasks done", "duties", 35, "task_bands",
             value="100*tasks_done/tasks_planned", missing="zero", source="government_office",
             verifier="party_office", measure="%"),
        leaf("supervised", "督查事项按期办结率", "Supervised matters closed in time", "duties", 20,
             "shortfall", frequency="month", source="party_office", verifier="government_office",
             measure="%"),
        leaf("core_work", "核心业务指标全省位次", "Place of core work in the province", "duties", 20,
             "province_bands", direction="down", frequency="quarter", source="organisation",
             measure="位"),
        leaf("rule_of_law", "依法履职和法治建设", "Rule of law", "duties", 15, "four_levels",
             missing="last", frequency="half", source="justice"),
        leaf("proposals", "建议提案办理满意率", "Satisfaction with answers to proposals", "duties", 10,
             "given", accumulate="mean", missing="mean", frequency="half",
             source="government_office", measure="分"),
        leaf("line_rating", "省对口部门考核等次", "Grade given by the province", "upward", 60,
             "line_levels", missing="factor(0.6)", frequency="year", source="organisation"),
        leaf("award_score", "上级表彰奖励积分", "Awards", "upward", 40, "award_efficacy",
             frequency="half", source="human_resources", verifier="organisation", measure="分"),
        leaf("district_view", "市（县）区评价", "Districts' opinion", "opinion", 60, "given",
             value="district_opinion", accumulate="mean", missing="mean", frequency="quarter",
             source="organs_committee", verifier="statistics", measure="分"),
        leaf("public_view", "企业和群众评价", "Opinion of firms and residents", "opinion", 40, "given",
             accumulate="mean", missing="mean", frequency="half", source="statistics", measure="分"),
        leaf("peer_view", "机关互评", "Opinion of other departments", "opinion", 0, "given",
             accumulate="mean", missing="mean", frequency="half", source="organs_committee",
             measure="分"),
        leaf("organ_party", "机关党建", "Party building in the organ", "organ", 40, "given",
             accumulate="mean", frequency="half", source="organs_committee", verifier="organisation",
             measure="分"),
        leaf("work_style", "作风效能问题数", "Faults of conduct", "organ", 30, "faults",
             direction="down", frequency="month", source="discipline_commission", measure="件"),
        leaf("budget_use", "预算执行率", "Use of the budget", "organ", 30, "progress",
             frequency="month", source="finance", verifier="audit", measure="%"),
    ]


# What Party departments have instead (they answer no proposals, and have no public counters).
PARTY_LEAVES = {
    "duties": dict(key_tasks=45, supervised=30, core_work=25, rule_of_law=0, proposals=0),
    "opinion": dict(district_view=70, public_view=0, peer_view=30),
}


def firms(year):
    growth = "100*yoy(firm_revenue)" if year == YEAR else ""
    return [
        leaf("profit", "利润总额", "Profit", "operation", 20, "progress", frequency="month",
             source="state_assets", verifier="audit", measure="亿元"),
        leaf("revenue_growth", "营业收入增速", "Growth of revenue", "operation", 15, "efficacy",
             value=growth, frequency="month", source="state_assets", measure="%"),
        leaf("return_on_equity", "净资产收益率", "Return on equity", "operation", 10,
             "between_bounds", value="100*profit/equity/elapsed", lo=1, hi=7, source="state_assets",
             verifier="audit", measure="%"),
        leaf("debt_ratio", "资产负债率", "Debts to assets", "risk", 10, "debt_bands",
             value="100*liabilities/assets", direction="down", source="state_assets",
             verifier="audit", measure="%"),
        leaf("funding_cost", "综合融资成本", "Cost of funds", "risk", 10, "efficacy",
             direction="down", frequency="quarter", source="local_finance", measure="%"),
        leaf("firm_research", "研发投入强度", "R&D of the firm", "transform", 8, "against_mean",
             value="100*firm_rd/firm_revenue", source="state_assets", verifier="science_technology",
             measure="%"),
        leaf("firm_reform", "国企改革任务完成率", "Reform tasks of the firm", "transform", 7, "tasks",
             value="100*reform_done/reform_planned", missing="zero", source="state_assets",
             measure="%"),
        leaf("firm_accidents", "生产安全事故起数", "Accidents of the firm", "firm_safety", 5,
             "faults_grave", direction="down", frequency="month", source="emergency", measure="起"),
        leaf("firm_hazards", "隐患排查整改率", "Hazards removed by the firm", "firm_safety", 5,
             "shortfall", frequency="month", source="emergency", measure="%"),
        leaf("firm_party_building", "企业党建考核", "Party building of the firm", "firm_party", 6,
             "given", accumulate="mean", frequency="half", source="state_assets",
             verifier="organisation", measure="分"),
        leaf("firm_audit", "审计问题未整改数", "Audit findings left", "firm_party", 4, "faults",
             direction="down", frequency="month", source="audit", measure="件"),
    ]


# Who verifies what the source supplies, where the leaf's own line does not say it.
VERIFIERS = {
    "statistics": "development_reform", "commerce": "statistics", "transport": "statistics",
    "market_regulation": "science_technology", "industry_it": "statistics",
    "science_technology": "statistics", "agriculture": "statistics",
    "policy_research": "party_office", "administrative_approval": "government_office",
    "development_reform": "government_office", "ecology": "meteorology",
    "water_resources": "natural_resources", "natural_resources": "agriculture",
    "human_resources": "statistics", "government_office": "audit",
    "political_legal": "petition_bureau", "housing_construction": "natural_resources",
    "emergency": "fire_rescue", "petition_bureau": "political_legal",
    "organisation": "inspection", "publicity_department": "cyberspace",
    "industry_commerce": "statistics", "justice": "political_legal",
    "organs_committee": "organisation", "discipline_commission": "inspection",
    "state_assets": "audit", "local_finance": "finance", "audit": "state_assets",
}


BASIS = {  # which article of which text, by block or leaf; texts.py names the articles
    "individual": "districts:individual",
    "satisfaction": "satisfaction:districts",
    "opinion": "satisfaction:departments",
    "duties": "dept-gov:duties", "upward": "dept-gov:upward", "organ": "dept-gov:organ",
}


def tree(year, article):
    """All nodes in order. article(key) gives the clause that a key such as districts:economy names."""
    leaves = common(year)
    leaves += [row for _, row in individual()]
    own_blocks = [(id, zh, en, block_points(year, id, points, zone)[0])
                  for id, zh, en, points, zone in BLOCKS]
    other_blocks = [(id, zh, en, 0) for id, zh, en, *_ in DEPARTMENT_BLOCKS + FIRM_BLOCKS]
    leaves += departments() + firms(year)
    firm_blocks = {id for id, *_ in FIRM_BLOCKS}

    def basis(block, kind=""):
        if kind == "individual":
            return article(BASIS["individual"])
        if block in firm_blocks:
            return article("firms:" + block)
        return article(BASIS.get(block, "districts:" + block))

    rows = []
    for number, (id, zh, en, weight) in enumerate(own_blocks + other_blocks, 1):
        rows.append(dict(id=id, name=zh, name_en=en, weight=weight, order=number, basis=basis(id)))
        inside = [row for row in leaves if row["parent"] == id]
        for position, row in enumerate(inside, 1):
            row = dict(row, order=position, basis=basis(id, row.get("kind", "")))
            row.setdefault("kind", "common")
            row.setdefault("verifier", VERIFIERS.get(row["source"]))
            rows.append(row)
    return rows


def weight_rows(year):
    """weights.csv: what departs from the weights in indicators.csv."""
    rows = []

    def put(who, indicator, weight):
        rows.append({"for": who, "indicator": indicator, "weight": weight})

    known = {row["id"] for row in common(year)}
    for id, _, _, points, zone in BLOCKS:
        put("group:zone", id, block_points(year, id, points, zone)[1])
    for who, sets in (("group:zone", ZONE_LEAVES), ("zone_resort", RESORT_LEAVES)):
        for block, leaves in sets.items():
            leaves = {id: weight for id, weight in leaves.items() if id in known}
            if year == FIRST_YEAR and who == "group:zone" and block == "economy":
                leaves["outside_capital"] = 3
            if year == FIRST_YEAR and who == "zone_resort" and block == "innovation":
                leaves.update(rd_intensity=3, hightech_firms=7, talent=7)
            for id, weight in leaves.items():
                put(who, id, weight)
    for position, group in enumerate(DEPARTMENT_GROUPS):
        for id, *_ in BLOCKS:
            put("group:" + group, id, 0)
        for id, _, _, *weights in DEPARTMENT_BLOCKS:
            put("group:" + group, id, weights[position])
    for leaves in PARTY_LEAVES.values():
        for id, weight in leaves.items():
            put("group:dept_party", id, weight)
    for id, *_ in BLOCKS:
        put("group:firm", id, 0)
    for id, _, _, weight in FIRM_BLOCKS:
        put("group:firm", id, weight)
    for unit, *_ in DISTRICTS:
        for districts, row in individual():
            if unit in districts:
                put(unit, row["id"], row["weight"])
    return rows


WEIGHT_COLUMNS = "for indicator weight".split()
