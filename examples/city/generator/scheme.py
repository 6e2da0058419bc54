"""scheme.yaml of both years: the same text but for the amendments."""

from .units import DISTRICTS, GROUPS, YEAR

BARS = {"standard": (88, 82, 60), "department": (90, 86, 60)}  # excellent, good, fair
QUOTA = {"standard": "30%", "department": "30%"}
QUOTA_BEFORE = {"standard": "30%", "department": "25%"}  # of 2020
GRADE_TITLES = (("excellent", "优秀", "Excellent"), ("good", "良好", "Good"), ("fair", "一般", "Fair"),
                ("poor", "较差", "Poor"))

TEXT = """\
# {title_zh}。本例的城市、单位、数字均为虚构，由 make.py 生成，请勿手工修改。
# Invented city, units and figures; written by make.py, not by hand.
baton: 1
id: yunlan-{year}
title: {{zh: {title_zh}, en: Yunlan City comprehensive assessment {year}}}
period: {year}
frequency: month
{succeeds}compare: previous
defaults: {{method: efficacy, direction: up, missing: redistribute, aggregate: arithmetic}}
scoring:
  decimals: 2
  rounding: half_away
  rank_on: rounded
  ties: min
  total: 100
due: {{month: 10d, quarter: 20d, half: 30d, year: 45d}}

elements:
{elements}
methods:
  # 同类比较 compared with the group
  efficacy: {{kind: range, over: group, low: 60, high: 100}}
  award_efficacy: {{kind: range, over: all, low: 60, high: 100}}
  between_bounds: {{kind: range, over: fixed, low: 60, high: 100}}
  standard: {{kind: zscore, mean: 80, sd: 12, floor: 60, cap: 100}}
  placing: {{kind: rank, over: all, low: 70, high: 100}}
  percentile_floor: {{kind: percentile, floor: 60}}
  nearest_best: {{kind: best, floor: 40}}
  against_mean: {{kind: best, of: mean, floor: 40, cap: 110}}
{project_method}
  # 目标完成 compared with a target
  completion: {{kind: target, cap: 105}}
  tasks: {{kind: target, start_at: 60%, cap: 100}}
  from_baseline: {{kind: target, from: baseline, cap: 120}}
  concentration: {{kind: target, down: mirror, cap: 105}}
  meets: {{kind: pass}}
  progress: {{kind: rule, where: {{p: "100*x/(target*elapsed)"}}, floor: 0, cap: 105, score: "p"}}
  slopes: {{kind: rule, where: {{p: "100*x/(target*elapsed)"}}, floor: 60, cap: 130,
           score: "100 + if(p < 100, 0.4*(p-100), 0.8*(min(p,130)-100) + 0.4*max(0,p-130))"}}
  control: {{kind: rule, score: "if(x <= target*elapsed, 100, max(0, 100 - 15*(x - target*elapsed)))"}}

  # 分档 bands and levels
  steps: {{kind: bands, table: [[98, 100], [95, 92], [90, 82], [85, 70], [80, 60]], below: 40}}
  task_bands: {{kind: bands, linear: true, table: [[100, 100], [95, 90], [85, 75], [70, 60]], below: 40}}
  tax_bands: {{kind: bands, linear: true, table: [[88, 100], [84, 92], [78, 80], [72, 60]], below: 50}}
  finance_bands: {{kind: bands, linear: true, table: [[12, 100], [10, 90], [8, 75]], below: 60}}
  elderly_bands: {{kind: bands, linear: true, table: [[65, 100], [60, 92], [55, 80], [50, 60]], below: 50}}
  province_bands: {{kind: bands, table: [[2, 100], [4, 92], [7, 84], [10, 75]], below: 65}}
  debt_bands: {{kind: bands, linear: true, table: [[58, 100], [63, 90], [68, 75], [73, 60]], below: 40}}
  four_levels: {{kind: levels, table: {{A: 100, B: 88, C: 75, D: 55}}}}
  line_levels: {{kind: levels, table: {{first: 100, second: 90, third: 80, none: 65}}}}

  # 扣分、直接给分 deductions, scores given by others
  faults: {{kind: deduct, per: 5}}
  faults_small: {{kind: deduct, per: 2}}
  faults_grave: {{kind: deduct, per: 25}}
  shortfall: {{kind: deduct, above: 98, per: 2}}
  hotline: {{kind: deduct, above: 100, per: 1.5, floor: 40}}
  given: {{kind: direct}}

groups:
{groups}
ratings: [{{id: good, at_least: 90, title: {{zh: 好, en: Good}}}},
          {{id: fairly_good, at_least: 80, title: {{zh: 较好, en: Fairly good}}}},
          {{id: fair, at_least: 60, title: {{zh: 一般, en: Fair}}}},
          {{id: poor, title: {{zh: 较差, en: Poor}}}}]

grades:
{grades}
adjustments:
  items:
    - {{id: commended, kind: bonus, points: 0.5, cap: 1.5, when: "base >= 60",
       title: {{zh: 督查激励, en: Commended by inspection}}}}
    - {{id: honour, kind: bonus, levels: {{national: 2, provincial: 1, bureau: 0.5}}, cap: 3,
       title: {{zh: 表彰荣誉, en: Honours}}}}
    - {{id: pilot, kind: bonus, levels: {{national: 1, provincial: 0.5}}, count: highest,
       title: {{zh: 改革试点, en: Reform pilots}}}}
    - {{id: above_city, kind: bonus, points: "0.2*max(0, gdp_up - parent(gdp_up))", cap: 1,
       title: {{zh: 增速高于全市, en: Growth above the city's}}}}
    - {{id: criticised, kind: deduction, levels: {{national: 2, provincial: 1, city: 0.5}},
       title: {{zh: 通报批评, en: Criticised in a notice}}}}
    - {{id: data_fault, kind: deduction, points: 0.2, cap: 1, title: {{zh: 数据迟报错报, en: Late or wrong figures}}}}
    - {{id: accident, kind: deduction, points: 1.5, title: {{zh: 较大安全事故, en: Serious accident}}}}
    - {{id: integrity, kind: veto, effect: {{grade_at_most: fair, no_award: true}},
       title: {{zh: 党风廉政一票否决, en: Veto for breach of integrity}}}}
    - {{id: grave_accident, kind: veto, effect: {{grade_at_most: poor, node_zero: safety}},
       title: {{zh: 重大安全事故一票否决, en: Veto for a grave accident}}}}
    - {{id: false_figures, kind: veto, effect: {{unranked: true, bonus_void: true}},
       title: {{zh: 统计造假一票否决, en: Veto for false figures}}}}
  cap: {{bonus: 5, deduction: 10}}

gates:
  water_quality: {{at_least: 60, effect: {{grade_at_most: good}}}}

awards:
  # elapsed 是本期末的时间进度，prev(elapsed) 是上一同类周期末的：两者之和，年度为2，半年为1.5。
  # elapsed is the share of the year gone by: with that of the period before it makes 2 in years, 1.5 in half-years.
  - {{id: progress, title: {{zh: 进步奖, en: Progress of the year}}, group: district, by: "score - prev_score", top: 2,
     when: "score > prev_score and elapsed + prev(elapsed) == 2"}}
  - {{id: half_progress, title: {{zh: 半年评估进步明显地区, en: Marked progress in the half-year}}, group: district,
     by: "score - prev_score", top: 2, when: "score > prev_score and round(elapsed + prev(elapsed), 2) == 1.5"}}
  - {{id: half_progress_zone, title: {{zh: 半年评估进步明显开发区, en: Marked progress in the half-year}}, group: zone,
     by: "score - prev_score", top: 2, when: "score > prev_score and round(elapsed + prev(elapsed), 2) == 1.5"}}
  - {{id: contribution, title: {{zh: 发展贡献奖, en: Contribution to output}}, group: district,
     by: "100*share(gdp)", top: 1}}
  - {{id: innovation_first, title: {{zh: 科技创新奖, en: Innovation}}, group: zone, by: "node(innovation)", top: 1}}
  - {{id: service_party, title: {{zh: 服务之星, en: Best service}}, group: dept_party, by: "node(opinion)", top: 2}}
  - {{id: service_gov, title: {{zh: 服务之星, en: Best service}}, group: dept_gov, by: "node(opinion)", top: 2}}
  - {{id: service_public, title: {{zh: 服务之星, en: Best service}}, group: dept_public, by: "node(opinion)", top: 2}}
"""

# Of the second year; what is asked of figures changes no result.
CHECKS = """
checks:
  - {id: cumulative, for: [industry_va, industry_output, hightech_output, retail, investment, trade, budget_revenue, tax_revenue, jobs],
     rule: "x >= prev(x)", when: "elapsed > 0.09", severity: hard, title: {zh: 当年累计数不应低于上月, en: added up from January it does not fall}}
  - {id: within_city, for: [industry_va, retail, trade, budget_revenue], rule: "x <= parent(x)", severity: hard,
     title: {zh: 不得高于全市, en: not above the city's}}
  - {id: percentage, for: [water_quality, one_stop, supervised], rule: "x >= 0 and x <= 100", severity: hard,
     title: {zh: 百分比应在0至100之间, en: a percentage from 0 to 100}}
  - {id: jump, for: [industry_va, industry_output, retail, trade, budget_revenue], rule: "x <= 3 * prev(x)", when: "elapsed > 0.09",
     severity: justify, title: {zh: 比上月大幅增加, en: far above the month before}}
  - {id: same, for: [industry_va, industry_output, retail, trade, budget_revenue, tax_revenue], rule: "x != prev(x)", when: "elapsed > 0.09",
     severity: justify, title: {zh: 与上月数字相同, en: the same figure as the month before}}
  - {id: revised, for: [industry_va, retail, gdp], rule: "rises < 3", severity: justify, title: {zh: 连续三次上调, en: revised upwards three times in a row}}
"""


def quotas(year):
    return QUOTA if year == YEAR else QUOTA_BEFORE


def grades(year):
    lines = []
    for name, bars in BARS.items():
        lines.append("  %s:" % name)
        for position, (id, zh, en) in enumerate(GRADE_TITLES):
            line = "    - {id: %s, title: {zh: %s, en: %s}" % (id, zh, en)
            if position < len(bars):
                line += ', when: "score >= %d"' % bars[position]
            if position == 0:
                line += ", quota: %s, quota_ties: none" % quotas(year)[name]
            lines.append(line + "}")
    return "\n".join(lines) + "\n"


def text(year):
    now = year == YEAR
    given = ["op_" + id for id, *_ in DISTRICTS]
    elements = ['  per_head_patents: "patents_held/population"']
    if now:
        elements += ['  energy_intensity: "energy_use/gdp"', '  gdp_up: "100*yoy(gdp)"']
    else:
        elements += ['  gdp_up: "gdp_growth"']
    elements += ['  # 七个市（县）区打分，去掉一个最高分和一个最低分 seven opinions without the best and the worst',
                 '  district_opinion: "(%s - min(%s) - max(%s))/5"' % (
                     " + ".join(given), ", ".join(given), ", ".join(given))]
    groups = []
    for id, zh, en, graded_by in GROUPS:
        ties = ", ties_by: [economy, innovation]" if id == "district" else ""
        groups.append("  - {id: %s, title: {zh: %s, en: %s}, grades: %s%s}" % (id, zh, en, graded_by, ties))
    scheme = TEXT.format(
        year=year,
        title_zh="云澜市%d年度综合考核" % year,
        succeeds="succeeds: %d\n" % (year - 1) if now else "",
        elements="\n".join(elements) + "\n",
        groups="\n".join(groups) + "\n",
        project_method="  project_race: {kind: race, first: 100, step: 5, floor: 75}\n" if now else
        "  project_bands: {kind: bands, table: [[20, 100], [15, 92], [10, 84], [6, 75]], below: 60}\n",
        grades=grades(year),
    )
    return scheme + CHECKS if now else scheme
