"""The indicator tree: what the city's assessment says of the district, and what the district adds for each class.

A block's weight is in points of the hundred, by class; a leaf's in hundredths of its block. Leaves under `city` are scores
of the city's assessment, read by result(); a unit has those that it answers for.
"""

import csv
import pathlib

from .units import DISTRICT, GROUPS, all_units

COLUMNS = ("id name name_en parent weight kind direction method value accumulate when missing lo hi frequency order source "
           "verifier measure basis").split()
CITY = pathlib.Path(__file__).resolve().parents[2] / "city" / "indicators.csv"

BLOCKS = [  # id, Chinese, English
    ("city", "市对区考核", "The city's assessment"),
    ("duties", "履职任务", "Duties"),
    ("service", "服务评价", "Opinion of service"),
    ("organ_building", "机关建设", "Organ building"),
    ("economy", "经济发展", "Economy"),
    ("livelihood", "民生服务", "Livelihood"),
    ("stability", "安全稳定", "Safety and stability"),
    ("branches", "基层党建", "Party branches"),
    ("growth", "产业发展", "Industry"),
    ("projects", "项目和服务", "Projects and service"),
    ("park_safety", "安全环保", "Safety and environment"),
    ("operation", "经营效益", "Operation"),
    ("risk", "债务风险", "Debt and risk"),
    ("transform", "改革任务", "Reform"),
    ("firm_party", "党建和安全", "Party building and safety"),
]


def leaf(id, name, name_en, parent, weight, method, source, verifier, **more):
    return dict(id=id, name=name, name_en=name_en, parent=parent, weight=weight, method=method, source=source,
                verifier=verifier, kind="common", **more)


OWN = [  # the district's own leaves
    leaf("key_tasks", "年度重点任务完成率", "Key tasks done", "duties", 50, "task_bands", "government_office",
         "party_office", value="100*tasks_done/tasks_planned", missing="zero", measure="%"),
    leaf("supervised", "督查事项按期办结率", "Supervised matters closed in time", "duties", 30, "shortfall",
         "party_office", "government_office", frequency="month", measure="%"),
    leaf("proposals", "建议提案办理满意率", "Satisfaction with answers to proposals", "duties", 20, "given",
         "government_office", "statistics", accumulate="mean", frequency="half", measure="分"),
    leaf("street_view", "街道评价", "Streets' opinion", "service", 60, "given", "organisation", "statistics",
         accumulate="mean", missing="mean", frequency="quarter", measure="分"),
    leaf("public_view", "企业和群众评价", "Opinion of firms and residents", "service", 40, "given", "statistics",
         "administrative_approval", accumulate="mean", missing="mean", frequency="half", measure="分"),
    leaf("organ_party", "机关党建", "Party building in the organ", "organ_building", 60, "given", "organisation",
         "discipline_commission", accumulate="mean", frequency="half", measure="分"),
    leaf("work_style", "作风效能问题数", "Faults of conduct", "organ_building", 40, "faults",
         "discipline_commission", "organisation", direction="down", frequency="month", measure="件"),
    leaf("local_revenue", "街道级税收收入", "Taxes raised in the street", "economy", 40, "progress", "finance",
         "tax_bureau", frequency="month", measure="亿元"),
    leaf("new_firms", "万人新设企业数", "New firms per 10,000 people", "economy", 30, "efficacy",
         "market_regulation", "statistics", value="firms_founded/people", measure="家"),
    leaf("leads", "招商线索报送数", "Leads for investors", "economy", 30, "progress", "investment_promotion",
         "commerce", frequency="month", measure="条"),
    leaf("grid_cases", "网格事件按期办结率", "Grid cases closed in time", "livelihood", 35, "shortfall",
         "political_legal", "urban_management", value="100*cases_closed/cases_filed", measure="%"),
    leaf("renewal", "老旧住宅改造户数", "Old dwellings renewed", "livelihood", 35, "progress",
         "housing_construction", "finance", frequency="month", measure="户"),
    leaf("hotline", "12345热线满意度", "Satisfaction with the hotline", "livelihood", 30, "given",
         "administrative_approval", "statistics", accumulate="mean", frequency="quarter", measure="分"),
    leaf("street_hazards", "一般隐患整改率", "Hazards removed", "stability", 60, "shortfall", "emergency",
         "fire_rescue", frequency="month", measure="%"),
    leaf("street_petitions", "初次信访按期答复率", "First petitions answered in time", "stability", 40, "answers",
         "political_legal", "party_office", frequency="month", measure="%"),
    leaf("branch_party", "基层党组织评分", "Score of Party branches", "branches", 60, "given", "organisation",
         "publicity_department", accumulate="mean", frequency="half", measure="分"),
    leaf("street_conduct", "侵害群众利益问题数", "Offences against residents", "branches", 40, "faults",
         "discipline_commission", "organisation", direction="down", frequency="month", measure="件"),
    leaf("output_growth", "园区产值增速", "Growth of the park's output", "growth", 40, "efficacy", "statistics",
         "industry_it", value="100*(park_output/park_output_before - 1)", frequency="month", measure="%"),
    leaf("park_investment", "园区产业投资", "Investment in the park", "growth", 30, "progress",
         "development_reform", "statistics", frequency="month", measure="亿元"),
    leaf("tax_per_mu", "亩均税收", "Taxes per mu", "growth", 30, "efficacy", "tax_bureau", "finance",
         value="10000*park_taxes/park_mu", measure="万元"),
    leaf("signed", "亿元以上项目签约数", "Large projects signed", "projects", 60, "race", "investment_promotion",
         "development_reform", when="max_of(signed) > 0", frequency="month", measure="个"),
    leaf("firm_service", "园区企业服务评价", "Firms' opinion of the park", "projects", 40, "given", "statistics",
         "administrative_approval", accumulate="mean", frequency="quarter", measure="分"),
    leaf("park_hazards", "园区企业隐患整改率", "Hazards removed in firms", "park_safety", 60, "shortfall",
         "emergency", "fire_rescue", frequency="month", measure="%"),
    leaf("park_energy", "单位产值能耗", "Energy per output", "park_safety", 40, "efficacy", "industry_it",
         "statistics", value="energy_used/park_output", direction="down", measure="吨标煤/亿元"),
    leaf("firm_profit", "利润总额", "Profit", "operation", 60, "progress", "finance", "tax_bureau",
         frequency="month", measure="亿元"),
    leaf("firm_return", "净资产收益率", "Return on equity", "operation", 40, "between_bounds", "finance",
         "statistics", value="100*firm_profit/firm_equity/elapsed", lo=1, hi=7, measure="%"),
    leaf("firm_debt", "资产负债率", "Debts to assets", "risk", 60, "debt_bands", "finance", "discipline_commission",
         value="100*firm_debts/firm_assets", direction="down", measure="%"),
    leaf("firm_cost", "综合融资成本", "Cost of funds", "risk", 40, "efficacy", "finance", "statistics",
         direction="down", frequency="quarter", measure="%"),
    leaf("firm_tasks", "国企改革任务完成率", "Reform tasks done", "transform", 60, "tasks", "finance",
         "development_reform", value="100*reform_done/reform_planned", missing="zero", measure="%"),
    leaf("firm_audit", "审计问题逾期未整改数", "Audit findings overdue", "transform", 40, "faults", "finance",
         "discipline_commission", direction="down", frequency="month", measure="件"),
    leaf("firm_building", "企业党建评分", "Score of Party building", "firm_party", 60, "given", "organisation",
         "discipline_commission", accumulate="mean", frequency="half", measure="分"),
    leaf("firm_accidents", "生产安全事故起数", "Accidents", "firm_party", 40, "faults_grave", "emergency",
         "fire_rescue", direction="down", frequency="month", measure="起"),
]
# Of units under vertical management, who answer no proposals; and what streets have beside their own indicator.
GROUP_LEAVES = {"vertical": dict(key_tasks=60, supervised=40, proposals=0), "street": dict(linked=30)}
LINKED = dict(id="linked", name="全区总分联动", name_en="The district's total, by the street's part in it",
              parent="city", weight=30, kind="individual", method="as_city",
              value="result(city, %s, total)*support_done/support_planned" % DISTRICT, source="市考核办",
              verifier="government_office", measure="分")
BLOCK_OF_THE_CITY = {"satisfaction": ("quarter", "mean"), "safety": ("month", "")}  # how their leaves come in


def city_indicators():
    """The indicators of the city's assessment that somebody answers for: id -> its row there, in its order."""
    wanted = {id for unit in all_units() for id in unit.answers}
    with open(CITY, encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file) if row["id"] in wanted}
    missing = wanted - set(rows)
    if missing:
        raise ValueError("the city has no such indicator: %s" % sorted(missing))
    return rows


def city_leaf(row):
    """A leaf that is the district's score of an indicator of the city."""
    return dict(id="city_" + row["id"], name="市考：" + row["name"], name_en="City: " + row["name_en"], parent="city",
                weight=100, kind="individual", method="as_city", value="result(city, %s, %s)" % (DISTRICT, row["id"]),
                source="市考核办", verifier="statistics" if row["source"] != "statistics" else "government_office",
                measure="分")


def months_without(row):
    """The months of which the city has no score of the indicator: before its first figure, of a mean between figures."""
    frequency, accumulate = BLOCK_OF_THE_CITY.get(row["id"], (row["frequency"], row["accumulate"]))
    step = {"quarter": 3, "half": 6}.get(frequency, 1)
    return [month for month in range(1, 12) if (month % step if accumulate else month < step)]


def block_weight(id):
    """What stands in indicators.csv: the weight of the first class that has the block."""
    return next(group.weights[id] for group in GROUPS if id in group.weights)


def tree(article):
    """All nodes in order. article(block, leaf's kind) gives the clause."""
    leaves = [city_leaf(row) for row in city_indicators().values()] + [LINKED] + OWN
    rows = []
    for number, (id, zh, en) in enumerate(BLOCKS, 1):
        rows.append(dict(id=id, name=zh, name_en=en, weight=block_weight(id), order=number, basis=article(id)))
        inside = [row for row in leaves if row["parent"] == id]
        rows += [dict(row, order=order, basis=article(row["id"])) for order, row in enumerate(inside, 1)]
    return rows


def weight_rows():
    """weights.csv: blocks by class, leaves by class, and what each unit answers for."""
    rows = []
    for group in GROUPS:
        for id, *_ in BLOCKS:
            if group.weights.get(id, 0) != block_weight(id):
                rows.append({"for": "group:" + group.id, "indicator": id, "weight": group.weights.get(id, 0)})
        for id, weight in GROUP_LEAVES.get(group.id, {}).items():
            rows.append({"for": "group:" + group.id, "indicator": id, "weight": weight})
    for unit in all_units():
        rows += [{"for": unit.id, "indicator": "city_" + id, "weight": weight} for id, weight in unit.answers.items()]
    return rows


WEIGHT_COLUMNS = "for indicator weight".split()
