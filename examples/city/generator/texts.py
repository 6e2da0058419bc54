"""The policy texts: the overall scheme and eight measures ("1+8"), and three management rules.

Weights in the texts are read from the tables that they describe. An article is named by a key, so that
the tables can refer to it (`districts:economy` -> `districts#art-4`).
"""

from .indicators import (BLOCKS, DEPARTMENT_BLOCKS, FIRM_BLOCKS, INDIVIDUAL_POINTS, PARTY_LEAVES,
                         RESORT_LEAVES, ZONE_LEAVES, block_points, common, departments, firms,
                         individual)
from .scheme import BARS, quotas
from .units import DEPARTMENTS, DISTRICTS, FIRMS, GROUPS, STREETS, YEAR, ZONES

DIGITS = "零一二三四五六七八九"


def chinese(n):
    """1..39 in Chinese numerals."""
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "") or DIGITS[0]


def points(weight):
    return "%g分" % weight


def listed(rows, weight=lambda row: row["weight"], unit="分"):
    return "、".join("%s（%g%s）" % (row["name"], weight(row), unit) for row in rows)


def of_block(rows, block):
    return [row for row in rows if row["parent"] == block]


def names(units):
    return "、".join(units)


class Year:
    """What the texts of one year say in numbers."""

    def __init__(self, year):
        self.year = year
        self.now = year == YEAR
        self.common = common(year)
        self.individual = [row for _, row in individual()]
        self.blocks = {id: block_points(year, id, p, z) for id, _, _, p, z in BLOCKS}
        self.quota = quotas(year)
        self.zones = [z[1] for z in ZONES
                      if not (z[4] and int(z[4][:4]) < year) and not (z[3] and int(z[3][:4]) > year)]


def overall(y):
    articles = [
        ("purpose", "目的", "为充分发挥综合考核“指挥棒”作用，推动全市高质量发展，制定本方案。本方案及其配套文件中的"
         "云澜市、各单位和全部数字均为虚构，仅用于演示。"),
        ("texts", "文件体系", "综合考核实行“1+8”文件体系：本方案为总体方案；市（县）区、开发区、党群部门、政府综合经济部门、"
         "执法监管和公共服务部门、市属国有企业六类对象各有考核办法，加减分和群众满意度另有办法。数据管理、结果运用、"
         "考核纪律三项管理规定与之配套。"),
        ("units", "考核对象", "考核对象分为六类：市（县）区%d个，开发区%d个，党群部门、政府综合经济部门、执法监管和公共服务"
         "部门各20个，市属国有企业%d户。各类对象在本类内排名，不跨类比较。"
         % (len(DISTRICTS), len(y.zones), len(FIRMS))),
        ("scores", "计分", "考核实行百分制。指标得分乘以权重逐级加权平均为基础分，加上加分、减去扣分为总分，保留两位小数，"
         "四舍五入。总分相同的名次并列；市（县）区总分相同的，依次以经济发展、科技创新得分高者列前。"),
        ("periods", "考核周期", "按月监测，按季通报，按年考核。月度数据于次月10日前、季度数据于季后20日内、半年数据于半年后"
         "30日内、年度数据于年后45日内报送。未到报送期的指标不参与当期计分。"),
        ("missing", "缺失和不适用", "指标对考核对象不适用的，其权重由同一板块其他指标按比例分担。到期未报的，按指标体系规定的"
         "方式处理；未作规定的，权重按比例分担。重点任务、民生实事等由考核对象自行报送的指标，到期未报的按零分计。"),
        ("grades", "等次", "考核等次分为优秀、良好、一般、较差。市（县）区、开发区、国有企业%d分以上、部门%d分以上且在名额以内的为"
         "优秀；市（县）区、开发区、国有企业%d分以上、部门%d分以上的为良好；%d分以上的为一般；其余为较差。优秀名额，"
         "市（县）区、开发区、国有企业为本类总数的%s，部门为%s，不足一个的按一个计，余数舍去。"
         % (BARS["standard"][0], BARS["department"][0], BARS["standard"][1], BARS["department"][1],
            BARS["standard"][2], y.quota["standard"], y.quota["department"])),
        ("ties", "名额边缘并列", "优秀名额边缘出现并列、名额不足以全部给予的，并列对象均不给予优秀，其后的对象也不递补。"
         "因一票否决空出的名额由下一名递补。"),
        ("ratings", "指标评价", "指标得分90分以上评价为好，80分以上为较好，60分以上为一般，其余为较差。"),
        ("changes", "区划和机构调整", "年度内新设的单位自设立当月起参加考核，没有上年同期数的增速指标当年不适用。"
         "单位合并的，自合并之日起由合并后的单位参加考核，上年同期数按原单位之和计算。"),
    ]
    if y.now:
        articles.append(("amendments", "与2020年度方案的不同", "本年度方案坚持大稳定、小调整，修订以下六项：\n\n" + "\n".join([
            "1. 修订一（权重）：市（县）区科技创新板块由12分提高到15分，经济发展板块由29分调整为26分；"
            "开发区相应由17分、48分调整为20分、45分。",
            "2. 修订二（删减）：取消“招商引资到位资金”指标（3分）。",
            "3. 修订三（新增）：科技创新板块新增“专精特新企业培育数”指标（3分）。",
            "4. 修订四（方法）：“重大产业项目开工数”由按档计分改为按名次竞赛计分，第1名100分，每后一名减5分，"
            "最低75分。",
            "5. 修订五（口径）：地区生产总值、规上工业增加值、一般公共预算收入、社会消费品零售总额、外贸进出口、"
            "单位产值能耗和企业营业收入的增速，由各单位报送改为考核办按两年数据计算。",
            "6. 修订六（名额）：部门优秀名额由25%提高到30%。",
        ])))
    return "总体方案", articles


def districts(y):
    articles = [
        ("scope", "适用范围", "本办法适用于%s。" % names(d[1] for d in DISTRICTS)),
        ("blocks", "板块和权重", "共性指标%d项，个性指标%d项，分为八个板块：%s。板块权重之和为100分。" % (
            len(y.common), len(y.individual),
            "、".join("%s%s" % (zh, points(y.blocks[id][0])) for id, zh, *_ in BLOCKS))),
        ("methods", "计分方法", "增速等同类比较指标采用功效系数法，以本类最好值为100分、最差值为60分；目标类指标按完成率计分，"
         "按时序进度的以全年目标乘以时间进度为准；评价类指标直接采用评价得分。"),
    ]
    notes = {
        "economy": "重大产业项目开工数%s。外贸进出口总额增速按标准分计分，本类中明显偏离的一个极端值先行收敛。"
                   % ("按名次竞赛计分，为抢答题" if y.now else "按档计分，为抢答题"),
        "innovation": "研发投入强度以本类最高值为满分按比例计分，半年一算。",
        "reform": "重点改革任务完成率低于60%的不得分。社会信用体系建设按A、B、C、D四档计分。",
        "environment": "PM2.5 平均浓度取各月平均值，与目标值相比计分。地表水优Ⅲ类断面比例为底线指标，"
                       "得分低于60分的，年度等次不得高于良好。环境信访件数按全年累计计算。",
        "livelihood": "民生实事项目完成率低于60%的不得分。",
        "safety": "生产安全事故死亡人数以控制数乘以时间进度为准，每超一人扣15分。重大隐患整改率低于98%的，"
                  "每低一个百分点扣2分。信访事项按期办结率每低一个百分点扣1.5分，最低40分。",
        "party": "基层党建考核由市委组织部半年评分一次。党风廉政问题每件扣2分。",
    }
    for id, zh, *_ in BLOCKS:
        if id == "satisfaction":
            articles.append((id, zh, "群众满意度板块%s，按《群众满意度评价办法》执行。" % points(y.blocks[id][0])))
        else:
            own = INDIVIDUAL_POINTS.get(id)
            articles.append((id, zh, "%s板块%s，其中共性指标：%s%s。%s" % (
                zh, points(y.blocks[id][0]), listed(of_block(y.common, id)),
                "；个性指标%s" % points(own) if own else "", notes[id])))
    titles = {d[0]: d[1] for d in DISTRICTS}
    lines = ["- %s（%s）：%s" % (row["name"], dict((b[0], b[1]) for b in BLOCKS)[row["parent"]],
                              names(titles[u] for u in who)) for who, row in individual()]
    articles.append(("individual", "个性指标", "个性指标%d项，体现各地主体功能。每个市（县）区在经济发展、科技创新、生态环境、"
                     "民生保障板块各有一项，分别为3分、2分、2分、2分：\n\n%s\n\n其中街道网格事件办结率由%s的数据汇总计算。"
                     % (len(lines), "\n".join(lines), names(s[1] for s in STREETS))))
    return "市（县）区综合考核办法", articles


def zones(y):
    def inside(block):
        leaves = dict(ZONE_LEAVES[block])
        rows = of_block(y.common, block)
        if not y.now and block == "economy":
            leaves["outside_capital"] = 3
        return listed([row for row in rows if leaves.get(row["id"], row["weight"])],
                      lambda row: leaves.get(row["id"], row["weight"]))

    articles = [
        ("scope", "适用范围", "本办法适用于%s。" % names(y.zones)),
        ("blocks", "板块和权重", "开发区考核%s。不考核民生保障和群众满意度板块。" % "、".join(
            "%s%s" % (zh, points(y.blocks[id][1])) for id, zh, *_ in BLOCKS if y.blocks[id][1])),
    ]
    for id, zh, *_ in BLOCKS:
        if id in ZONE_LEAVES:
            articles.append((id, zh, "%s板块：%s。指标解释和计分方法适用《市（县）区综合考核办法》。" % (zh, inside(id))))
    retail = RESORT_LEAVES["economy"]["retail_growth"]
    articles.append(("resort", "旅游度假区", "云湖旅游度假区不考核规上工业增加值增速、外贸进出口总额增速和高新技术产业产值占比，"
                     "增加社会消费品零售总额增速（%d分），其余权重在板块内另行分配。" % retail))
    if y.now:
        articles.append(("merged", "合并的开发区", "青岑经济开发区、青岑高新技术产业园自2021年1月1日起合并为青岑高新技术产业开发区，"
                         "上年同期数为两区之和，上年名次不作比较。"))
        articles.append(("new", "新设的开发区", "澜湾科创新区2021年4月设立，自4月起参加考核；各项增速和单位产值能耗变化当年不适用，"
                         "其权重由板块内其他指标分担。"))
    return "开发区综合考核办法", articles


def department(y, group, own_text):
    position = [g[0] for g in GROUPS if g[0].startswith("dept")].index(group)
    title = dict((g[0], g[1]) for g in GROUPS)[group]
    override = PARTY_LEAVES if group == "dept_party" else {}
    rows = departments()
    articles = [
        ("scope", "适用范围", "本办法适用于%s。" % names(d[1] for d in DEPARTMENTS[group])),
        ("blocks", "板块和权重", "%s考核%s。" % (title, "、".join(
            "%s%s" % (zh, points(w[position])) for _, zh, _, *w in DEPARTMENT_BLOCKS))),
    ]
    for id, zh, *_ in DEPARTMENT_BLOCKS:
        leaves = override.get(id, {})
        kept = [row for row in of_block(rows, id) if leaves.get(row["id"], row["weight"])]
        articles.append((id, zh, "%s板块按百分计：%s。%s" % (
            zh, listed(kept, lambda row: leaves.get(row["id"], row["weight"])), own_text[id])))
    articles.append(("late", "迟报", "到期未报年度重点任务完成情况的，该指标按零分计；省级部门未公布对口考核等次的，按该指标分值的六成计。"))
    articles.append(("honesty", "如实报送", "各部门主要负责人对本部门报送数据的真实性负责。"))
    return "%s综合考核办法" % title, articles


DEPARTMENT_NOTES = {
    "duties": "重点任务完成率为已完成节点占应完成节点的比重，按档插值计分；督查事项按期办结率低于98%的，每低一个百分点扣2分；"
              "核心业务指标按全省位次分档计分，第2名以内100分，第4名以内92分，第7名以内84分，第10名以内75分，其余65分。",
    "upward": "省对口部门考核等次分为第一等次、第二等次、第三等次和未获等次，分别为100分、90分、80分、65分；"
              "上级表彰奖励积分在全部部门中按功效系数法计分。",
    "opinion": "按《群众满意度评价办法》第三条执行。",
    "organ": "机关党建由市级机关工委半年评分一次；作风效能问题每件扣5分；预算执行率按时序进度计分。",
}


def dept_party(y):
    notes = dict(DEPARTMENT_NOTES, duties=DEPARTMENT_NOTES["duties"] + "党群部门不考核依法履职和建议提案办理。")
    return department(y, "dept_party", notes)


def dept_gov(y):
    return department(y, "dept_gov", DEPARTMENT_NOTES)


def dept_public(y):
    return department(y, "dept_public", DEPARTMENT_NOTES)


def firm_measures(y):
    rows = firms(y.year)
    notes = {
        "operation": "利润总额按时序进度计分；净资产收益率按时间折算为全年水平，1%为60分，7%以上为100分。",
        "risk": "资产负债率58%以下100分，63%为90分，68%为75分，73%为60分，中间插值，高于73%为40分。",
        "transform": "研发投入强度以本类平均值为100分按比例计分，最高110分。",
        "firm_safety": "生产安全事故每起扣25分。",
        "firm_party": "审计问题逾期未整改的，每件扣5分。",
    }
    articles = [
        ("scope", "适用范围", "本办法适用于%s。" % names(f[1] for f in FIRMS)),
        ("blocks", "板块和权重", "国有企业考核%s。" % "、".join(
            "%s%s" % (zh, points(w)) for _, zh, _, w in FIRM_BLOCKS)),
    ]
    for id, zh, _, weight in FIRM_BLOCKS:
        articles.append((id, zh, "%s板块%s：%s。%s" % (zh, points(weight), listed(of_block(rows, id)), notes[id])))
    return "市属国有企业综合考核办法", articles


def bonus(y):
    return "加减分和一票否决办法", [
        ("cap", "总则", "加分、扣分在百分之外计算。加分合计不超过5分，扣分合计不超过10分。同一荣誉由多级通报的，只计最高一次。"),
        ("commended", "督查激励", "受上级督查激励的，每项加0.5分，最多1.5分。基础分低于60分的不予加分。"),
        ("honour", "表彰荣誉", "获国家级表彰的每项加2分，省级1分，厅局级0.5分，合计不超过3分。以发文日期所在年度计入。"),
        ("pilot", "改革试点", "承担国家级改革试点的加1分，省级0.5分，只计最高一项。"),
        ("above_city", "增速高于全市", "地区生产总值增速高于全市的，每高一个百分点加0.2分，最多1分。"),
        ("criticised", "通报批评", "受国家级通报批评的每次扣2分，省级1分，市级0.5分。"),
        ("data_fault", "数据迟报错报", "数据迟报、错报的，每次扣0.2分，最多1分。"),
        ("accident", "安全事故", "发生较大安全事故的，每起扣1.5分。"),
        ("veto", "一票否决", "主要负责人严重违纪违法的，年度等次不得高于一般，并取消评奖资格；发生重大安全事故的，安全稳定板块记零分，"
         "等次为较差；统计造假的，不参加排名，加分无效。"),
    ]


def satisfaction(y):
    own = {row["id"]: row for row in y.common}
    return "群众满意度评价办法", [
        ("scope", "评价内容", "群众满意度评价包括市（县）区满意度调查和部门服务评价，由第三方机构按季度或半年组织。"),
        ("districts", "市（县）区满意度", "居民满意度%s、企业满意度%s，取各季得分的平均值。某季有效样本不足的，以本类平均得分计。" % (
            points(own["public_satisfaction"]["weight"]), points(own["business_satisfaction"]["weight"]))),
        ("departments", "部门服务评价", "市（县）区评价由七个市（县）区每季对各部门打分，去掉一个最高分和一个最低分后取平均值，"
         "全年取四季平均值。政府部门另由企业和群众每半年评价一次，党群部门另由机关互评。"),
        ("sample", "样本", "每个市（县）区每季有效样本，群众不少于400份，企业不少于150份。"),
        ("integrity", "独立", "任何单位和个人不得干预调查。干预调查的，该项记零分并予以通报。"),
        ("publish", "结果反馈", "调查结果于季后25日内反馈各单位，各单位可在5个工作日内提出复核申请。"),
    ]


def data_rules(y):
    return "考核数据管理规定", [
        ("owners", "责任部门", "每项指标明确数据责任部门和审核部门，责任部门对数据真实性、准确性、及时性负责。"),
        ("due", "报送时限", "按总体方案规定的时限报送。指标另有时限的从其规定。"),
        ("late", "迟报", "逾期报送的，照常计入，每次按《加减分和一票否决办法》扣分；截至计分时仍未报送的，按缺失处理。"),
        ("revise", "更正", "已报数据需更正的，由责任部门说明原因、审核部门确认，保留原报数，以更正后的数据为准。"),
        ("missing", "不适用和暂缺", "指标对某单位不适用，或者数据因故推迟发布的，由责任部门书面说明，分别标注，不以零代替。"),
        ("check", "核查", "考核办每季随机抽查不少于5%的数据，发现造假的按一票否决处理。"),
    ]


def use_of_results(y):
    return "考核结果运用规定", [
        ("publish", "公示", "考核结果经市综合考核委员会审定后公示5个工作日。"),
        ("appeal", "申诉", "对结果有异议的，可在公示期内向考核办申诉，考核办在10个工作日内答复。"),
        ("cadres", "干部评价", "考核结果作为领导班子调整和干部选拔任用、评先评优的重要依据。"),
        ("awards", "奖项", "设进步奖（市（县）区总分比上年提高最多的两个）、发展贡献奖、科技创新奖和服务之星。"
         "每半年评估一次进步：总分比上一个半年提高最多的市（县）区、开发区各两个，通报为半年评估进步明显地区。"),
        ("talk", "约谈", "等次为较差的，由市委、市政府主要领导约谈；连续两年较差的，对班子予以调整。"),
        ("improve", "整改", "评价为较差的指标，责任单位应在一个月内提出整改措施。"),
    ]


def discipline(y):
    return "考核纪律规定", [
        ("fair", "公正", "考核工作人员应当客观公正，与考核对象有利害关系的应当回避。"),
        ("honest", "真实", "考核对象不得虚报、瞒报、拒报数据，不得授意、指使他人造假。"),
        ("light", "减负", "不得以考核为名要求基层重复填报，能由系统取得的数据不再要求报送。"),
        ("secret", "保密", "未经公布的考核数据和结果不得泄露。"),
        ("record", "留痕", "数据的报送、审核、更正和加减分认定均须留痕，可以追溯。"),
        ("blame", "追责", "违反本规定的，视情节予以批评教育、通报批评，直至依规依纪处理。"),
    ]


TEXTS = {  # the file's name without .md, in the order of the series
    "overall": overall, "districts": districts, "zones": zones, "dept-party": dept_party,
    "dept-gov": dept_gov, "dept-public": dept_public, "firms": firm_measures, "bonus": bonus,
    "satisfaction": satisfaction, "data-rules": data_rules, "use-of-results": use_of_results,
    "discipline": discipline,
}


def documents(year):
    """The texts of a year, and where each article stands: {name: text}, {key: clause}."""
    files, clauses = {}, {}
    for name, write in TEXTS.items():
        title, articles = write(Year(year))
        lines = ["# 云澜市%d年度%s" % (year, title if name != "overall" else "综合考核" + title), "",
                 "（虚构示例）"]
        for n, (key, heading, text) in enumerate(articles, 1):
            clauses["%s:%s" % (name, key)] = "%s#art-%d" % (name, n)
            lines += ["", "## 第%s条 %s {#art-%d}" % (chinese(n), heading, n), "", text]
        files[name] = "\n".join(lines) + "\n"
    return files, clauses
