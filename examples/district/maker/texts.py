"""The policy texts: the overall rules and a measure for each of the five classes ("1+5").

Weights in the texts are read from the tables that they describe; article() tells which clause a block or leaf rests on.
"""

from generator.texts import chinese

from .indicators import BLOCKS, GROUP_LEAVES, LINKED, OWN, city_indicators
from .units import GROUPS, YEAR, all_units

NOTES = {
    "city": "市对区考核指标由责任单位对市考核结果负责：市考核对云湖区该项指标的得分，就是责任单位该项的得分，超过100分的按100分计。"
            "市里尚未出数的，当期不计。",
    "duties": "重点任务完成率按已完成与应完成任务之比分档插值计分，到期未报的按零分计；督查事项按期办结率低于98%的，每低一个百分点扣2分。",
    "service": "街道评价由八个街道每季打分，企业和群众评价每半年一次，取各次平均值；没有评价的以本类平均得分计。",
    "organ_building": "机关党建每半年评分一次；作风效能问题每件扣5分。",
    "economy": "税收收入、招商线索以全年目标乘以时间进度为准，最高105分；万人新设企业数按功效系数法计分，最好值100分，最差值60分。",
    "livelihood": "网格事件按期办结率低于98%的，每低一个百分点扣2分；住宅改造以时序进度为准，最高105分；热线满意度取各季平均值。",
    "stability": "隐患整改率低于98%的，每低一个百分点扣2分；信访答复率每低一个百分点扣1.5分。",
    "branches": "基层党组织每半年评分一次；侵害群众利益问题每件扣5分。",
    "growth": "产值增速、亩均税收按功效系数法计分，最好值100分，最差值60分；产业投资以时序进度为准，最高105分。",
    "projects": "签约项目按名次竞赛计分，第1名100分，每后一名减12分，最低60分；服务评价取各季平均值。",
    "park_safety": "隐患整改率低于98%的，每低一个百分点扣2分；单位产值能耗按功效系数法计分，最低值100分，最高值60分。",
    "operation": "利润总额以时序进度为准，最高105分；净资产收益率按时间折算为全年水平，1%为60分，7%以上为100分。",
    "risk": "资产负债率60%以下100分，65%为90分，70%为75分，75%为60分，中间插值，高于75%为40分；融资成本按功效系数法计分。",
    "transform": "改革任务完成率按百分计，低于60%的不得分；审计问题逾期未整改的，每件扣5分。",
    "firm_party": "企业党建每半年评分一次；生产安全事故每起扣25分。",
}
TITLES = {id: zh for id, zh, _ in BLOCKS}


def overall():
    return "总体方案", [
        ("purpose", "目的", "为落实云澜市综合考核，压实区级各单位责任，制定本方案。本方案及其配套办法中的单位和数字均为虚构，仅用于演示。"),
        ("texts", "文件体系", "综合考核实行“1+5”：本方案为总体方案，%s五类对象各有考核办法。"
         % "、".join(group.name for group in GROUPS)),
        ("units", "考核对象", "；".join("%s%d个" % (group.name, sum(unit.group == group.id for unit in all_units()))
                                  for group in GROUPS) + "。各类对象在本类内排名。"),
        ("cascade", "与市考核挂钩", "市对区考核的每一项指标明确责任单位，市考核对云湖区该项的得分计入责任单位；街道另与全区总分联动。"
         "产业园区与其主导产业对应的市考核指标挂钩。区属国有企业不与市考核挂钩。"),
        ("scores", "计分", "实行百分制，指标得分乘以权重逐级加权平均为基础分，加上加分、减去扣分为总分，保留两位小数，四舍五入。"
         "总分相同的，以市对区考核板块得分高者列前，仍相同的名次并列。"),
        ("periods", "考核周期", "按月监测，按季通报，半年评估，按年考核。月度数据于次月10日前、季度数据于季后20日内、半年数据于半年后30日内、"
         "年度数据于年后45日内报送。未到报送期的不计入当期。"),
        ("missing", "缺失", "到期未报的，其权重由同一板块其他指标按比例分担；另有规定的从其规定。"),
        ("grades", "等次", "90分以上且在本类总数30%以内的为优秀，82分以上为良好，60分以上为一般，其余为较差。优秀名额边缘并列的，"
         "均不给予优秀，不再递补。指标得分90分以上评价为好，80分以上为较好，60分以上为一般，其余为较差。"),
        ("bonus", "加减分", "获国家、省、市表彰的加2分、1分、0.5分，最多2分；改革创新案例在全区推广的每项加0.5分，最多1.5分；被省、市、区通报批评的扣1.5分、1分、0.5分；数据迟报错报的"
         "每次扣0.2分，最多1分。加分合计不超过3分，扣分合计不超过5分。主要负责人严重违纪违法的，等次不得高于一般，取消评奖资格。"),
        ("awards", "奖项", "市对区考核板块得分最高的三个部门，授予市考贡献奖，并列的一并授予；总分比上一个半年提高最多的两个街道，通报为半年评估进步明显街道。"),
    ]


def answers(group, titles):
    lines = ["- %s：%s" % (unit.name, "、".join("%s（%d%%）" % (titles[id], weight) for id, weight in unit.answers.items()))
             for unit in all_units() if unit.group == group.id]
    return "\n\n" + "\n".join(lines)


def measure(group, titles):
    """A class: whom it is for, its blocks, and an article for each block."""
    units = [unit for unit in all_units() if unit.group == group.id]
    articles = [
        ("scope", "适用范围", "本办法适用于%s。" % "、".join(unit.name for unit in units)),
        ("blocks", "板块和权重", "%s考核%s。" % (group.name, "、".join(
            "%s%d分" % (TITLES[id], weight) for id, weight in group.weights.items()))),
    ]
    own = GROUP_LEAVES.get(group.id, {})
    for id in group.weights:
        if id == "city":
            linked = "街道另设%s（%d%%）：全区总分乘以街道完成市考核支撑任务的比例。" % (
                LINKED["name"], own["linked"]) if "linked" in own else ""
            articles.append((id, TITLES[id], NOTES[id] + linked + "责任分工如下：" + answers(group, titles)))
            continue
        rows = [(row, own.get(row["id"], row["weight"])) for row in OWN if row["parent"] == id]
        articles.append((id, TITLES[id], "%s板块按百分计：%s。%s" % (
            TITLES[id], "、".join("%s（%d分）" % (row["name"], weight) for row, weight in rows if weight), NOTES[id])))
    return group.title, articles


def documents():
    """The texts, {name: text}, and article(block or leaf) -> clause."""
    titles = {id: row["name"] for id, row in city_indicators().items()}
    written = {"overall": overall()}
    for group in GROUPS:
        written[group.document] = measure(group, titles)
    files, clause = {}, {}
    for name, (title, articles) in written.items():
        lines = ["# 云湖区%d年度%s" % (YEAR, title if name != "overall" else "综合考核" + title), "", "（虚构示例）"]
        for n, (key, heading, text) in enumerate(articles, 1):
            lines += ["", "## 第%s条 %s {#art-%d}" % (chinese(n), heading, n), "", text]
            if key in TITLES:
                clause.setdefault(key, "%s#art-%d" % (name, n))
            if key == "cascade":
                clause["city"] = "%s#art-%d" % (name, n)
        files[name] = "\n".join(lines) + "\n"
    parent = {row["id"]: row["parent"] for row in OWN}
    at_home = {"city_" + id: document for id, document in answering(clause, written).items()}

    def article(id):
        return clause.get(id) or at_home.get(id) or clause.get(parent.get(id, "")) or at_home["city_" + LINKED["id"]]

    return files, article


def answering(clause, written):
    """Indicator of the city -> the clause that says who answers for it: that of the first class with such a unit."""
    clauses = {}
    for group in GROUPS:
        numbers = [n for n, (key, *_) in enumerate(written[group.document][1], 1) if key == "city"]
        for unit in all_units():
            for id in unit.answers if unit.group == group.id else ():
                clauses.setdefault(id, "%s#art-%d" % (group.document, numbers[0]))
        if "linked" in GROUP_LEAVES.get(group.id, {}):
            clauses["linked"] = "%s#art-%d" % (group.document, numbers[0])
    return clauses
