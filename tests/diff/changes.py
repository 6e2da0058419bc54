"""Edits of the package base/, each with all that `baton diff` must tell of it. A case is its name, the edits (file, text that
stands there once, or EACH and one that stands anywhere, text instead; None adds at the end) and the changes, one a line, as `told` of run
writes them: kind, subject, field: old -> new, place in the old package, place in the new one, ~ where it can change no result."""

YAML, NODES, UNITS, WEIGHTS = "scheme.yaml", "indicators.csv", "units.csv", "weights.csv"
STATE = "output,产出,Output,economy,20,,,,,,,,,,,,,,,,统计局,统计局,亿元,rules#art-1,"
GROWTH = "growth,增速,Growth,economy,20,,,,,,,,,,,,,,,,统计局,统计局,%,rules#art-2,"
PLAN = "plan,计划完成,Plan,economy,20,,,,completion,,,,,,,,,,,,发改委,发改委,,rules#art-3,"
MARK = "mark,测评,Mark,life,10,,,,marks,,,,,,,,,,,,考核办,考核办,,rules#art-6,"
PLACE = "place,名次,Place,life,10,,,,places,per_head,,,,,,,,,,,考核办,考核办,,,"
COLUMNS = ("id,name,name_en,parent,weight,kind,class,direction,method,value,accumulate,due,when,lo,hi,missing,treat,"
           "aggregate,decimals,frequency,source,verifier,measure,basis,evidence").split(",")
D = (("output", 70), ("growth", 7), ("plan", 80), ("water", 40), ("band", 92), ("people", 8), ("mark", "B"))


def column(row, **values):
    """The edit that puts values into columns of a row of indicators.csv."""
    fields = row.split(",")
    for name, value in values.items():
        fields[COLUMNS.index(name.replace("class_", "class"))] = value
    return NODES, row, ",".join(fields)


def leaf(name, *values):
    """A case for one column of `growth`, row 4: column, value, as told before, as told after."""
    field, value, before, after, *mark = values
    return (name, [column(GROWTH, **{field: value})],
            ["%s growth: %s -> %s @4 @4%s" % (field.rstrip("_"), before, after, mark[0] if mark else "")])


CASES = [
    ("nothing", [], []),
    ("what is of a year", [(YAML, "id: base-2020", "id: base-2021"), (YAML, "period: 2020", "period: 2021"),
                           (YAML, "en: Example 2020", "en: Example 2021"), ("targets.csv", "plan,2020,100", "plan,2020,90"),
                           ("observations.csv", "a,output,2020,100", "a,output,2020,120"),
                           ("adjustments.csv", "a,2020,honour,national,,1", "a,2020,honour,city,,1")], []),
    ("spaces in an expression", [(YAML, '"output / people"', '"output/people"'), (YAML, '"score >= 85"', '"score>=85"')], []),
    ("another way to write a number", [(WEIGHTS, "growth,30", "growth,30.0")], []),

    # indicators.csv
    ("an indicator added", [(NODES, PLACE, PLACE + "\nmore,更多,More,life,5,,,,completion,output,,,,,,,,,,,,,,,")],
     ["added more: none -> 5 @ @11"]),
    ("an indicator dropped", [(NODES, MARK + "\n", ""), ("observations.csv", "EACH ,mark,", ",extra_mark,"), ("observations.csv", "EACH 2020,A", "2020,1"),
                              ("observations.csv", "EACH 2020,B", "2020,2")], ["dropped mark: 10 -> none @8 @"]),
    ("an indicator moved", [column(PLAN, parent="life")], ["moved plan: economy -> life @5 @5"]),
    ("an indicator renamed", [column(PLACE, id="position")], ["renamed position: place -> position @10 @10"]),
    ("renamed with its figures", [column(GROWTH, id="rise"), ("observations.csv", "EACH growth,", "rise,"),
                                  (WEIGHTS, "growth,30", "rise,30"), (YAML, "0.1*growth", "0.1*rise")],
     ["renamed rise: growth -> rise @4 @4", "item extra points: 0.1*growth -> 0.1*rise @36 @36"]),
    ("two that could be meant are not renamed",
     [(NODES, PLACE, column(PLACE, id="p1")[2] + "\n" + column(PLACE, id="p2")[2])],
     ["dropped place: 10 -> none @10 @", "added p1: none -> 10 @ @10", "added p2: none -> 10 @ @11"]),
    leaf("name", "name", "增长率", "增速", "增长率", " ~"),
    leaf("English name", "name_en", "Rate of growth", "Growth", "Rate of growth", " ~"),
    leaf("weight", "weight", "25", "20", "25"),
    leaf("kind", "kind", "individual", "common", "individual"),
    leaf("class", "class_", "competitive", "mandatory", "competitive"),
    leaf("direction", "direction", "down", "up", "down"),
    leaf("method", "method", "steps", "efficacy", "steps"),
    leaf("value", "value", "100*output/people", "none", "100*output/people"),
    leaf("accumulate", "accumulate", "sum", "last", "sum"),
    leaf("due", "due", "5d", "none", "5d"),
    leaf("when", "when", "max_of(growth) > 0", "none", "max_of(growth) > 0"),
    leaf("missing", "missing", "zero", "redistribute", "zero"),
    leaf("missing with a factor", "missing", "factor(0.6)", "redistribute", "factor(0.6)"),
    leaf("treat", "treat", "winsorise(1)", "none", "winsorise(1)"),
    leaf("decimals", "decimals", "1", "none", "1"),
    leaf("frequency", "frequency", "year", "none", "year"),
    leaf("evidence", "evidence", "needed", "none", "needed", " ~"),
    leaf("source", "source", "税务局", "统计局", "税务局", " ~"),
    leaf("owner", "verifier", "审计局", "统计局", "审计局", " ~"),
    leaf("measure", "measure", "百分点", "%", "百分点", " ~"),
    leaf("clause", "basis", "rules#art-4", "rules#art-2", "rules#art-4", " ~"),
    ("bounds", [column(GROWTH, lo="0", hi="10"), (YAML, "{kind: range, low: 60, high: 100}", "{kind: range, over: fixed, low: 60, high: 100}"),
                column(STATE, lo="0", hi="200"), (NODES, "water,水质,Water,life,10,,gate,,,,,,,,,,", "water,水质,Water,life,10,,gate,,,,,,,0,100,,")],
     ["lo output: none -> 0 @3 @3", "hi output: none -> 200 @3 @3", "lo growth: none -> 0 @4 @4", "hi growth: none -> 10 @4 @4",
      "lo water: none -> 0 @7 @7", "hi water: none -> 100 @7 @7", "method efficacy over: group -> fixed @17 @17"]),
    ("aggregate of a block", [(NODES, "economy,经济,Economy,,60,,,,,,,,,,,,,", "economy,经济,Economy,,60,,,,,,,,,,,,,geometric")],
     ["aggregate economy: arithmetic -> geometric @2 @2"]),
    ("aggregate of the root", [(YAML, "{method: efficacy}", "{method: efficacy, root_aggregate: geometric}")],
     ["aggregate total: arithmetic -> geometric @ @"]),
    ("a gate's mark", [(YAML, "at_least: 50", "at_least: 55")],
     ["gate water: at_least: 50, grade_at_most: good -> at_least: 55, grade_at_most: good @ @"]),
    ("a gate no more", [(YAML, "gates:\n  water: {at_least: 50, effect: {grade_at_most: good}}\n", ""), (NODES, "life,10,,gate", "life,10,,")],
     ["class water: gate -> mandatory @7 @7", "gate water: at_least: 50, grade_at_most: good -> none @ @"]),

    # weights.csv
    ("a row of weights", [(WEIGHTS, "growth,30", "growth,25")], ["override growth group:zone weight: 30 -> 25 @2 @2"]),
    ("a row of weights added", [(WEIGHTS, None, "c,growth,15\n")], ["override growth c: none -> 15 @ @4"]),
    ("a row of weights dropped", [(WEIGHTS, "b,plan,10\n", "")], ["override plan b: 10 -> none @3 @"]),

    # scheme.yaml
    ("an element", [(YAML, '"output / people"', '"100 * output / people"')],
     ["element per_head value: output / people -> 100 * output / people @15 @15"]),
    ("an element added", [(YAML, "methods:", '  twice: "2*output"\nmethods:')], ["element twice: none -> 2*output @ @16"]),
    ("an element dropped", [(YAML, '  per_head: "output / people"\n', '  other: "output"\n'), column(PLACE, value="output/people")],
     ["value place: per_head -> output/people @10 @10", "element per_head: output / people -> none @15 @",
      "element other: none -> output @ @15"]),
    ("a parameter", [(YAML, "cap: 120", "cap: 110")], ["method completion cap: 120 -> 110 @18 @18"]),
    ("bands", [(YAML, "[[90, 100], [60, 80]]", "[[95, 100], [60, 80]]")],
     ["method steps table: [[90, 100], [60, 80]] -> [[95, 100], [60, 80]] @19 @19"]),
    ("levels", [(YAML, "B: 80}}", "B: 75}}")], ["method marks table: {A: 100, B: 80} -> {A: 100, B: 75} @20 @20"]),
    ("kind of a method", [(YAML, "{kind: rank, low: 60}", "{kind: percentile}")], ["method places kind: rank -> percentile @21 @21"]),
    ("where of a method", [(YAML, 'p: "x/2"', 'p: "x/3"')], ['method sloped where: {p: "x/2"} -> {p: "x/3"} @22 @22']),
    ("score of a method", [(YAML, '"p + 50"', '"p + 40"')], ["method sloped score: p + 50 -> p + 40 @22 @22"]),
    ("a method added", [(YAML, "groups:", "  spare: {kind: direct}\ngroups:")], ["method spare: none -> direct @ @23 ~"]),
    ("a method dropped", [(YAML, '  sloped: {kind: rule, where: {p: "x/2"}, score: "p + 50"}\n', "")],
     ["method sloped: rule -> none @22 @ ~"]),
    ("decimals", [(YAML, "  decimals: 2", "  decimals: 1")], ["setting scoring.decimals decimals: 2 -> 1 @ @"]),
    ("rounding", [(YAML, "half_away", "down")], ["setting scoring.rounding rounding: half_away -> down @ @"]),
    ("rank_on", [(YAML, "  ties: min", "  ties: min\n  rank_on: exact")], ["setting scoring.rank_on rank_on: rounded -> exact @ @"]),
    ("ties, which a method inherits", [(YAML, "  ties: min", "  ties: dense")], ["setting scoring.ties ties: min -> dense @ @"]),
    ("ties of a method", [(YAML, "{kind: rank, low: 60}", "{kind: rank, low: 60, ties: max}")], ["method places ties: min -> max @21 @21"]),
    ("round_at", [(YAML, "  ties: min", "  ties: min\n  round_at: node")], ["setting scoring.round_at round_at: published -> node @ @"]),
    ("total, which groups inherit", [(YAML, "  total: 100", "  total: 150")], ["setting scoring.total total: 100 -> 150 @ @"]),
    ("bounds, which groups inherit", [(YAML, "  total: 100", "  total: 100\n  bounds: [none, 110]")],
     ["setting scoring.bounds bounds: [none, none] -> [none, 110] @ @"]),
    ("ties_by, which groups inherit", [(YAML, "  total: 100", "  total: 100\n  ties_by: [economy]")],
     ["setting scoring.ties_by ties_by: [] -> [economy] @ @"]),
    ("present", [(YAML, "{method: efficacy}", "{method: efficacy, present: 85%}")], ["setting defaults.present present: none -> 85% @ @"]),
    ("due", [(YAML, "month: 10d", "month: 12d")], ["setting due.month month: 10d -> 12d @ @"]),
    ("compare", [(YAML, "compare: previous", "compare: same_last_year")], ["setting compare compare: previous -> same_last_year @ @"]),
    ("compare_across_years", [(YAML, "compare: previous", "compare: previous\ncompare_across_years: true")],
     ["setting compare_across_years compare_across_years: false -> true @ @"]),
    ("frequency", [(YAML, "frequency: month", "frequency: quarter")], ["setting frequency frequency: month -> quarter @ @"]),
    ("cap of bonuses", [(YAML, "cap: {bonus: 5, deduction: 10}", "cap: {bonus: 4, deduction: 10}")],
     ["setting adjustments.cap.bonus bonus: 5 -> 4 @ @"]),
    ("cap of deductions", [(YAML, "cap: {bonus: 5, deduction: 10}", "cap: {bonus: 5}")],
     ["setting adjustments.cap.deduction deduction: 10 -> none @ @"]),
    ("ratings", [(YAML, "at_least: 80, title: {zh: 好}", "at_least: 75, title: {zh: 好}")],
     ["ratings ratings ratings: [good >= 80, poor] -> [good >= 75, poor] @ @ ~"]),
    ("a grade's condition", [(YAML, '"score >= 70"', '"score >= 72"')],
     ["grade good standard when: score >= 70 -> score >= 72 @30 @30"]),
    ("a grade's quota", [(YAML, "quota: 50%", "quota: 25%")], ["grade excellent standard quota: 50% -> 25% @29 @29"]),
    ("a quota as a number", [(YAML, "quota: 50%", "quota: 2")], ["grade excellent standard quota: 50% -> 2 @29 @29"]),
    ("ties at a quota", [(YAML, "quota: 50%", "quota: 50%, quota_ties: all")],
     ["grade excellent standard quota_ties: none -> all @29 @29"]),
    ("a grade's title", [(YAML, "{zh: 良好}", "{zh: 较好}")], ["grade good standard title: 良好 -> 较好 @30 @30 ~"]),
    ("a grade added", [(YAML, "    - {id: fair, title: {zh: 一般}}", "    - {id: fair, title: {zh: 一般}, when: \"score >= 50\"}\n    - {id: poor, title: {zh: 较差}}")],
     ["grade fair standard when: none -> score >= 50 @31 @31", "grade poor standard: none -> none @ @32"]),
    ("a grade dropped", [(YAML, '    - {id: good, title: {zh: 良好}, when: "score >= 70"}\n', ""), (YAML, "grade_at_most: good", "grade_at_most: fair")],
     ["gate water: at_least: 50, grade_at_most: good -> at_least: 50, grade_at_most: fair @ @",
      "grade good standard: none -> none @30 @"]),
    ("a group's title", [(YAML, "{zh: 市区, en: Districts}", "{zh: 县区, en: Districts}")], ["group district title: 市区 -> 县区 @24 @24 ~"]),
    ("a group's total", [(YAML, "en: Zones}, grades: standard}", "en: Zones}, grades: standard, total: 150}")],
     ["group zone total: 100 -> 150 @25 @25"]),
    ("a group's decimals", [(YAML, "en: Zones}, grades: standard}", "en: Zones}, grades: standard, decimals: 1}")],
     ["group zone decimals: 2 -> 1 @25 @25"]),
    ("a group's ties_by", [(YAML, "en: Zones}, grades: standard}", "en: Zones}, grades: standard, ties_by: [life]}")],
     ["group zone ties_by: [] -> [life] @25 @25"]),
    ("a group's bounds", [(YAML, "en: Zones}, grades: standard}", "en: Zones}, grades: standard, bounds: [0, none]}")],
     ["group zone bounds: [none, none] -> [0, none] @25 @25"]),
    ("a group's ratings", [(YAML, "en: Zones}, grades: standard}", "en: Zones}, grades: standard, ratings: [{id: ok, title: {zh: 可}}]}")],
     ["group zone ratings: none -> [ok] @25 @25 ~"]),
    ("a group without grades", [(YAML, "en: Zones}, grades: standard}", "en: Zones}}")], ["group zone grades: standard -> none @25 @25"]),
    ("a group added with a unit", [(YAML, "ratings:", "  - {id: firm, title: {zh: 企业}}\nratings:"), (UNITS, None, "z,企业,firm,\n")],
     ["group firm: none -> none @ @26", "unit z: none -> firm @ @8 ~"]),
    ("a unit that came", [(UNITS, None, "e,戊区,district,\n")], ["unit e: none -> district @ @8 ~"]),
    ("a unit that went", [(UNITS, "d,丁区,district,\n", "")] + [("observations.csv", "d,%s,2020,%s,\n" % figure, "") for figure in D], ["unit d: district -> none @5 @ ~"]),
    ("a unit in another group", [(UNITS, "d,丁区,district", "d,丁区,zone")], ["unit d group: district -> zone @5 @5"]),
    ("points of an item", [(YAML, "kind: deduction, points: 1", "kind: deduction, points: 2")], ["item fault points: 1 -> 2 @35 @35"]),
    ("computed points", [(YAML, "0.1*growth", "0.2*growth")], ["item extra points: 0.1*growth -> 0.2*growth @36 @36"]),
    ("levels of an item", [(YAML, "levels: {national: 2, city: 1}", "levels: {national: 3, city: 1}")],
     ["item honour levels: {national: 2, city: 1} -> {national: 3, city: 1} @34 @34"]),
    ("cap of an item", [(YAML, "cap: 3, title: {zh: 荣誉}", "cap: 2, title: {zh: 荣誉}")], ["item honour cap: 3 -> 2 @34 @34"]),
    ("count of an item", [(YAML, "cap: 3, title: {zh: 荣誉}", "cap: 3, count: highest, title: {zh: 荣誉}")],
     ["item honour count: all -> highest @34 @34"]),
    ("when of an item", [(YAML, "{id: fault, kind: deduction,", '{id: fault, kind: deduction, when: "base > 60",')],
     ["item fault when: none -> base > 60 @35 @35"]),
    ("title of an item", [(YAML, "{zh: 过失}", "{zh: 失误}")], ["item fault title: 过失 -> 失误 @35 @35 ~"]),
    ("kind of an item", [(YAML, "{id: fault, kind: deduction", "{id: fault, kind: bonus")], ["item fault kind: deduction -> bonus @35 @35"]),
    ("effect of a veto", [(YAML, "kind: veto, effect: {grade_at_most: fair}", "kind: veto, effect: {grade_at_most: fair, no_award: true}")],
     ["item grave effect: grade_at_most: fair -> grade_at_most: fair, no_award: true @37 @37"]),
    ("until of a veto", [(YAML, "{id: grave, kind: veto,", "{id: grave, kind: veto, until: 2021,")], ["item grave until: none -> 2021 @37 @37"]),
    ("an item added", [(YAML, "  cap: {bonus", "    - {id: pilot, kind: bonus, points: 1, title: {zh: 试点}}\n  cap: {bonus")],
     ["item pilot: none -> none @ @38"]),
    ("an item dropped", [(YAML, '    - {id: extra, kind: bonus, points: "0.1*growth", title: {zh: 增速加分}}\n', "")],
     ["item extra: none -> none @36 @"]),
    ("an award", [(YAML, 'by: "score", top: 1', 'by: "score", top: 2')], ["award first top: 1 -> 2 @42 @42 ~"]),
    ("an award's group", [(YAML, "{id: first, title: {zh: 第一},", "{id: first, title: {zh: 第一}, group: zone,")],
     ["award first group: none -> zone @42 @42 ~"]),
    ("an award added", [(YAML, 'by: "score", top: 1}', 'by: "score", top: 1}\n  - {id: water, title: {zh: 水}, by: "node(water)", top: 1}')],
     ["award water: none -> none @ @43 ~"]),
    ("an award dropped", [(YAML, 'awards:\n  - {id: first, title: {zh: 第一}, by: "score", top: 1}\n', "")], ["award first: none -> none @42 @ ~"]),
]
