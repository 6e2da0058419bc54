"""scheme.yaml."""

from .units import GROUPS, YEAR

TEXT = """\
# 云湖区{year}年度综合考核（“1+5”）。本例的区、单位、数字均为虚构，由 make.py 生成，请勿手工修改。
# Invented district, units and figures; written by make.py, not by hand.
baton: 1
id: yunhu-{year}
title: {{zh: 云湖区{year}年度综合考核, en: Yunhu District comprehensive assessment {year}}}
period: {year}
frequency: month
imports: {{city: ../city}}   # 市对区考核的结果，用 result(city, yunhu, …) 读取
compare: previous
defaults: {{direction: up, missing: redistribute, aggregate: arithmetic}}
scoring: {{decimals: 2, rank_on: rounded, ties: min, ties_by: [city]}}
due: {{month: 10d, quarter: 20d, half: 30d, year: 45d}}

methods:
  as_city: {{kind: direct}}   # 市对区考核得分，超过100分的按100分计 the city's score, at most 100
  given: {{kind: direct}}
  efficacy: {{kind: range, low: 60, high: 100}}
  between_bounds: {{kind: range, over: fixed, low: 60, high: 100}}
  race: {{kind: race, first: 100, step: 12, floor: 60}}
  progress: {{kind: rule, where: {{p: "100*x/(target*elapsed)"}}, floor: 0, cap: 105, score: "p"}}
  tasks: {{kind: target, start_at: 60%, cap: 100}}
  task_bands: {{kind: bands, linear: true, table: [[100, 100], [95, 90], [85, 75], [70, 60]], below: 40}}
  debt_bands: {{kind: bands, linear: true, table: [[60, 100], [65, 90], [70, 75], [75, 60]], below: 40}}
  shortfall: {{kind: deduct, above: 98, per: 2}}
  answers: {{kind: deduct, above: 100, per: 1.5}}
  faults: {{kind: deduct, per: 5}}
  faults_grave: {{kind: deduct, per: 25}}

groups:
{groups}
ratings: [{{id: good, at_least: 90, title: {{zh: 好, en: Good}}}},
          {{id: fairly_good, at_least: 80, title: {{zh: 较好, en: Fairly good}}}},
          {{id: fair, at_least: 60, title: {{zh: 一般, en: Fair}}}},
          {{id: poor, title: {{zh: 较差, en: Poor}}}}]

grades:
  standard:
    - {{id: excellent, title: {{zh: 优秀, en: Excellent}}, when: "score >= 90", quota: 30%, quota_ties: none}}
    - {{id: good, title: {{zh: 良好, en: Good}}, when: "score >= 82"}}
    - {{id: fair, title: {{zh: 一般, en: Fair}}, when: "score >= 60"}}
    - {{id: poor, title: {{zh: 较差, en: Poor}}}}

adjustments:
  items:
    - {{id: honour, kind: bonus, levels: {{national: 2, provincial: 1, city: 0.5}}, cap: 2,
       title: {{zh: 表彰荣誉, en: Honours}}}}
    - {{id: innovation, kind: bonus, points: 0.5, cap: 1.5, title: {{zh: 改革创新案例, en: Reforms recommended to others}}}}
    - {{id: criticised, kind: deduction, levels: {{provincial: 1.5, city: 1, district: 0.5}},
       title: {{zh: 通报批评, en: Criticised in a notice}}}}
    - {{id: data_fault, kind: deduction, points: 0.2, cap: 1, title: {{zh: 数据迟报错报, en: Late or wrong figures}}}}
    - {{id: integrity, kind: veto, effect: {{grade_at_most: fair, no_award: true}},
       title: {{zh: 党风廉政一票否决, en: Veto for breach of integrity}}}}
  cap: {{bonus: 3, deduction: 5}}

awards:
  - {{id: city_contribution, title: {{zh: 市考贡献奖, en: Contribution to the city's assessment}}, group: organ,
     by: "node(city)", top: 3}}
  # elapsed 是本期末的时间进度，与上一同类周期末的相加，得1.5的是半年 with that of the period before 1.5: a half-year
  - {{id: half_progress, title: {{zh: 半年评估进步明显街道, en: Marked progress in the half-year}}, group: street,
     by: "score - prev_score", top: 2, when: "score > prev_score and round(elapsed + prev(elapsed), 2) == 1.5"}}
"""


def text():
    groups = "".join("  - {id: %s, title: {zh: %s, en: %s}, grades: standard}\n" % (group.id, group.name, group.name_en)
                     for group in GROUPS)
    return TEXT.format(year=YEAR, groups=groups)


ADJUSTMENT_COLUMNS = "unit period item level reason document".split()
ADJUSTMENTS = [dict(zip(ADJUSTMENT_COLUMNS, row)) for row in (
    ("street_hubin", "2021-06", "honour", "provincial", "全省美丽河湖街道", "例水〔2021〕12号"),
    ("street_donggang", "2021-08", "criticised", "city", "沿街商铺火灾隐患整改不力被通报", "云安委〔2021〕18号"),
    ("administrative_approval", "2021-09", "honour", "city", "政务服务改革创新案例", "云政办〔2021〕40号"),
    ("street_gulou", "2021-10", "innovation", "", "楼道微网格做法全区推广", "云湖改〔2021〕6号"),
    ("emergency", "2021-11", "innovation", "", "小场所风险分级做法全区推广", "云湖改〔2021〕8号"),
    ("political_legal", "2021-09", "honour", "provincial", "全省网格化治理示范", "例政法〔2021〕33号"),
    ("housing_construction", "2021-05", "criticised", "district", "老旧小区改造进度滞后被通报", "云湖办〔2021〕21号"),
    ("commerce", "2021-04", "data_fault", "", "外资数据迟报", "云湖考办〔2021〕3号"),
    ("park_digital", "2021-11", "honour", "national", "国家数字经济示范园区", "国例工信〔2021〕9号"),
    ("yunhu_build", "2021-07", "integrity", "", "主要负责人严重违纪违法被立案", "云湖纪〔2021〕15号"),
    ("tax_bureau", "2021-12", "honour", "city", "纳税服务先进单位", "云税〔2021〕66号"),
)]
