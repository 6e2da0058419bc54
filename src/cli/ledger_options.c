/* The options of the commands of ledgers. */
#include "cli/ledger_options.h"
#include "cli/shared_options.h"

/* clang-format off */

const struct option account_options[] = {
    OPTION_COLOR,
    OPTION_HELP,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    OPTION_WIDTH,
    LAST_OPTION
};

const struct option serve_options[] = {
    OPTION_CONFIG,
    OPTION_HELP,
    OPTION_KEY,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"listen", 0, OPTION_TEXT, MEMBER(listen), NULL, 0, 0, "ADDRESS:PORT", {"where it listens, whatever the configuration says; else 127.0.0.1:8080. Port 0 is a free one", "监听地址，优先于配置；均不写为 127.0.0.1:8080；端口 0 表示任选一个空闲端口"}},
    OPTION_WAIT,
    LAST_OPTION
};

const struct option backup_options[] = {
    OPTION_COLOR,
    OPTION_HELP,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"output", 'o', OPTION_TEXT, MEMBER(output), NULL, 0, 0, "FILE", {"what is written; needed", "要写出的文件；必填"}},
    LAST_OPTION
};

const struct option burden_options[] = {
    OPTION_ASKED_BY_ASSESSMENT,
    {"by", 0, OPTION_WORD, MEMBER(what), "unit level department month assessment", 0, 0, NULL, {"added up by unit, level, department, month or assessment; else by unit", "按单位（unit）、层级（level）、部门（department）、月份（month）或考核（assessment）汇总；不写按单位"}},
    OPTION_COLOR,
    OPTION_ASKED_BY_DEPARTMENT,
    OPTION_FORMAT("text csv json", "how it is printed", "输出格式"),
    OPTION_HELP,
    OPTION_KNOWN,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    OPTION_ASKED_OF_LEVEL,
    OPTION_REPORTER,
    OPTION_THREADS,
    OPTION_WIDTH,
    OPTION_YEAR,
    LAST_OPTION
};

const struct option register_options[] = {
    OPTION_ASKED_BY_ASSESSMENT,
    {"assessments", 0, OPTION_FLAG, MEMBER(assessments), NULL, 0, 0, NULL, {"the assessments that departments have registered for a year, and those that run without", "各部门当年备案的考核，以及未备案的考核"}},
    OPTION_COLOR,
    OPTION_ASKED_BY_DEPARTMENT,
    OPTION_ELEMENT,
    OPTION_FORMAT("text csv json", "how it is printed", "输出格式"),
    OPTION_HELP,
    OPTION_KNOWN,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    OPTION_ASKED_OF_LEVEL,
    OPTION_REPORTER,
    OPTION_THREADS,
    {"twice", 0, OPTION_FLAG, MEMBER(twice), NULL, 0, 0, NULL, {"what seems to be asked twice, and how it can be asked once", "疑似重复填报的数据及解决办法"}},
    OPTION_UNIT_OF_FIGURES,
    OPTION_WIDTH,
    OPTION_YEAR,
    LAST_OPTION
};

const struct option share_options[] = {
    OPTION_COLOR,
    {"fill", 0, OPTION_FLAG, MEMBER(fill), NULL, 0, 0, NULL, {"say what their sources say", "按来源同步"}},
    OPTION_HELP,
    OPTION_KEY,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    OPTION_WAIT,
    OPTION_WIDTH,
    LAST_OPTION
};

/* The words of `frequency` after "all" are in the order of enum baton_period_kind. */
const struct option calendar_options[] = {
    OPTION_AS,
    OPTION_AS_OF_MOMENT,
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    OPTION_FORMAT("text csv json", "how it is printed", "输出格式"),
    {"frequency", 0, OPTION_WORD, MEMBER(what), "all day week month quarter half year", 0, 0, "KIND", {"only periods of this kind: day, week, month, quarter, half, year; else all in which something is expected", "仅该类周期：day、week、month、quarter、half、year；不写为需要报送的全部周期"}},
    OPTION_HELP,
    OPTION_KEY,
    OPTION_KNOWN,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"open", 0, OPTION_FLAG, MEMBER(open), NULL, 0, 0, NULL, {"open the periods that are named, or with --year those of that year", "开放所列周期；写明 --year 时开放该年度的周期"}},
    OPTION_THREADS,
    OPTION_WAIT,
    OPTION_WIDTH,
    {"year", 0, OPTION_COUNT, MEMBER(year), NULL, BATON_YEAR_FIRST, BATON_YEAR_LAST, "YEAR", {"of which year; else that of the scheme's period", "年度；不写为方案周期所在年度"}},
    LAST_OPTION
};

const struct option chase_options[] = {
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    OPTION_CONFIG,
    OPTION_HELP,
    OPTION_KEY,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    OPTION_THREADS,
    OPTION_WAIT,
    LAST_OPTION
};

const struct option digest_options[] = {
    OPTION_AS_OF_MOMENT,
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    OPTION_FORMAT("text json", "how it is printed", "输出格式"),
    OPTION_HELP,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"person", 0, OPTION_TEXT, MEMBER(id), NULL, 0, 0, "PERSON", {"whose; needed", "人员，必填"}},
    OPTION_THREADS,
    LAST_OPTION
};

const struct option stale_options[] = {
    OPTION_AS_OF_MOMENT,
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    {"days", 0, OPTION_COUNT, MEMBER(limit), NULL, 1, 3650, "N", {"who has not signed in for so many days; else 60", "多少天未登录；不写为 60"}},
    OPTION_FORMAT("text json", "how it is printed", "输出格式"),
    OPTION_HELP,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    OPTION_THREADS,
    OPTION_WIDTH,
    LAST_OPTION
};

const struct option completeness_options[] = {
    OPTION_AS,
    OPTION_AS_OF_MOMENT,
    OPTION_ASSESSMENT,
    {"by", 0, OPTION_WORD, MEMBER(what), "unit verifier office", 0, 0, "WHOM", {"a row for each unit that reports, for each department that verifies, or one for all: unit, verifier, office", "按报送单位（unit）、审核单位（verifier）统计，或合计（office）"}},
    OPTION_COLOR,
    {"figures", 0, OPTION_FLAG, MEMBER(add), NULL, 0, 0, NULL, {"say them as figures of indicators of which Baton is the source, for the period that is named", "作为来源为 baton 的指标的数据录入，须写明周期"}},
    OPTION_FORMAT("text csv json", "how it is printed", "输出格式"),
    OPTION_HELP,
    OPTION_KEY,
    OPTION_KNOWN,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"reason", 0, OPTION_TEXT, MEMBER(reason), NULL, 0, 0, "TEXT", {"with --figures, why those that are there already are corrected", "与 --figures 同用：更正已有数据的理由"}},
    OPTION_THREADS,
    OPTION_WAIT,
    OPTION_WIDTH,
    {"year", 0, OPTION_COUNT, MEMBER(year), NULL, BATON_YEAR_FIRST, BATON_YEAR_LAST, "YEAR", {"the opened periods of that year", "该年度已开放的周期"}},
    LAST_OPTION
};

const struct option expected_options[] = {
    OPTION_AS_OF_MOMENT,
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    OPTION_FORMAT("text csv json", "how it is printed", "输出格式"),
    OPTION_HELP,
    OPTION_KNOWN,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    OPTION_REPORTER,
    {"state", 0, OPTION_WORD, MEMBER(what), "all given na pending not_due derived awaited missing", 0, 0, "STATE", {"list only figures in this state: given, na, pending, not_due, derived, awaited, missing", "仅列此状态的数据：given、na、pending、not_due、derived、awaited、missing"}},
    OPTION_THREADS,
    OPTION_UNIT_OF_FIGURES,
    OPTION_WIDTH,
    LAST_OPTION
};

const struct option evidence_options[] = {
    {"add", 0, OPTION_TEXT, MEMBER(add_file), NULL, 0, 0, "FILE", {"bring this file in", "上传该文件"}},
    OPTION_AS,
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    {"early", 0, OPTION_FLAG, MEMBER(early), NULL, 0, 0, NULL, {"with --erase: before its term, as the rights of a person demand; the committee decides", "与 --erase 同用：因个人信息权益提前删除，由考核委员会决定"}},
    {"erase", 0, OPTION_TEXT, MEMBER(erase), NULL, 0, 0, "DIGEST", {"propose to erase this one; needs --reason", "提请删除此件，须写明 --reason"}},
    OPTION_FORMAT("text csv json", "how it is printed", "输出格式"),
    {"get", 0, OPTION_TEXT, MEMBER(get), NULL, 0, 0, "DIGEST", {"write the file of this digest, or of this beginning of one, to --output", "将此摘要（或其开头）的文件写出到 --output"}},
    OPTION_HELP,
    {"indicator", 0, OPTION_TEXT, MEMBER(indicator), NULL, 0, 0, "ID", {"only what figures and targets of this indicator or block name", "仅该指标或指标块的数据和目标值所引用的"}},
    OPTION_KEY,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"output", 'o', OPTION_TEXT, MEMBER(output), NULL, 0, 0, "FILE", {"where --get writes", "--get 写出的位置"}},
    {"past-term", 0, OPTION_FLAG, MEMBER(past_term), NULL, 0, 0, NULL, {"only those whose term is over", "仅保管期满的"}},
    {"period", 0, OPTION_PERIOD, MEMBER(period), NULL, 0, 0, "PERIOD", {"only what facts of this period name", "仅该周期的数据所引用的"}},
    {"propose", 0, OPTION_FLAG, MEMBER(propose), NULL, 0, 0, NULL, {"with --past-term: propose to erase them all; needs --reason", "与 --past-term 同用：提请全部删除，须写明 --reason"}},
    OPTION_REASON,
    OPTION_THREADS,
    {"unit", 0, OPTION_TEXT, MEMBER(unit), NULL, 0, 0, "UNIT", {"only what facts of this unit name", "仅该对象的数据所引用的"}},
    {"unnamed", 0, OPTION_FLAG, MEMBER(unnamed), NULL, 0, 0, NULL, {"only those that no fact in force names", "仅无现行数据引用的"}},
    OPTION_WAIT,
    OPTION_WIDTH,
    LAST_OPTION
};

#define STAGE_WORDS "draft signed submitted returned verified accepted"

const struct option waiting_options[] = {
    OPTION_AS_OF_MOMENT,
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    OPTION_FORMAT("table csv json", "how it is printed", "输出格式"),
    OPTION_HELP,
    OPTION_KNOWN,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"person", 0, OPTION_TEXT, MEMBER(person), NULL, 0, 0, "PERSON", {"only where it is the turn of this person", "仅轮到此人办理的数据"}},
    OPTION_REPORTER,
    {"role", 0, OPTION_WORD, MEMBER(turn), "all office unit approver owner", 0, 0, "ROLE", {"only where it is the turn of this role, or has fallen on it: office, unit, approver, owner", "仅轮到此角色办理（含因岗位空缺转由其办理）的数据：office、unit、approver、owner"}},
    {"stage", 0, OPTION_WORD, MEMBER(stage), "all none " STAGE_WORDS, 0, 0, "STAGE", {"only figures at this stage: none, draft, signed, submitted, returned, verified, accepted", "仅处于此环节的数据：none、draft、signed、submitted、returned、verified、accepted"}},
    OPTION_THREADS,
    OPTION_UNIT_OF_FIGURES,
    OPTION_WIDTH,
    LAST_OPTION
};

const struct option collect_options[] = {
    OPTION_AS,
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    {"document", 0, OPTION_TEXT, MEMBER(document), NULL, 0, 0, "TEXT", {"of a draft: by which document", "填报时：依据文件"}},
    OPTION_ELEMENT,
    {"evidence", 0, OPTION_TEXT, MEMBER(evidence), NULL, 0, 0, "FILE", {"of a draft: store this file as evidence for it", "填报时：将该文件作为佐证一并存入"}},
    OPTION_FORMAT("table csv json", "how reports are listed", "列出填报时的输出格式"),
    OPTION_HELP,
    OPTION_KEY,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"note", 0, OPTION_TEXT, MEMBER(note), NULL, 0, 0, "TEXT", {"of a draft: for whoever decides on it; needed where the figure does not apply", "填报时：供审核、认定参考的说明；填不适用时必填"}},
    OPTION_REASON,
    OPTION_REPORTER,
    {"source", 0, OPTION_TEXT, MEMBER(source), NULL, 0, 0, "TEXT", {"of a draft: where it is from", "填报时：来源"}},
    {"stage", 0, OPTION_WORD, MEMBER(stage), "all " STAGE_WORDS, 0, 0, "STAGE", {"only reports at this stage: draft, signed, submitted, returned, verified, accepted", "仅处于此环节的填报：draft、signed、submitted、returned、verified、accepted"}},
    {"state", 0, OPTION_WORD, MEMBER(what), "given na pending", 0, 0, "STATE", {"of a draft: why there is no figure: na (not applicable), pending (not there yet)", "填报时：无数据的原因：na（不适用）、pending（暂不出数）"}},
    OPTION_THREADS,
    OPTION_UNIT_OF_FIGURES,
    OPTION_WAIT,
    OPTION_WIDTH,
    LAST_OPTION
};

const struct option fill_options[] = {
    OPTION_AS,
    OPTION_ASSESSMENT,
    {"beside", 0, OPTION_TEXT, MEMBER(beside), NULL, 0, 0, "OUT", {"store nothing, and write the form once more (.xlsx, else CSV): what was typed, and beside it what somebody else has put there meanwhile", "不入账，另存一份填报表（.xlsx 或 CSV）：保留所填内容，并列出其间他人填报的内容"}},
    OPTION_COLOR,
    OPTION_HELP,
    OPTION_KEY,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"mapping", 0, OPTION_TEXT, MEMBER(mapping), NULL, 0, 0, "MAPPING", {"FILE is no form but an office's own sheet, read by this mapping of the assessment; needs --period", "FILE 不是填报表而是本单位自有表格，按考核的此对照表读取；须写明 --period"}},
    {"over", 0, OPTION_FLAG, MEMBER(over), NULL, 0, 0, NULL, {"what is there now has been seen: go on from that", "已看过现有内容，以所填为准"}},
    {"period", 0, OPTION_PERIOD, MEMBER(period), NULL, 0, 0, "PERIOD", {"with --mapping: of which period; a form says its own", "与 --mapping 同用：周期；填报表自带周期"}},
    OPTION_THREADS,
    {"trial", 0, OPTION_FLAG, MEMBER(trial), NULL, 0, 0, NULL, {"store nothing: only tell what would be", "只检查，不入账"}},
    OPTION_WAIT,
    LAST_OPTION
};

const struct option form_options[] = {
    {"all", 0, OPTION_FLAG, MEMBER(all), NULL, 0, 0, NULL, {"also what is out of the unit's hands, shut", "包括已报出的数据，均锁定"}},
    OPTION_AS_OF_MOMENT,
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    OPTION_HELP,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    OPTION_OUTPUT,
    {"reporter", 0, OPTION_TEXT, MEMBER(reporter), NULL, 0, 0, "UNIT", {"the unit that reports; needed", "报送单位；必填"}},
    OPTION_THREADS,
    OPTION_UNIT_OF_FIGURES,
    LAST_OPTION
};

const struct option correct_options[] = {
    {"add", 0, OPTION_FLAG, MEMBER(add), NULL, 0, 0, NULL, {"say it for the first time, where nothing is said yet", "首次填报（此前没有记录）"}},
    OPTION_AS,
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    {"evidence", 0, OPTION_TEXT, MEMBER(evidence), NULL, 0, 0, "FILE", {"store this file as evidence for it", "将该文件作为佐证一并存入"}},
    OPTION_HELP,
    OPTION_KEY,
    {"kind", 0, OPTION_TEXT, MEMBER(kind), NULL, 0, 0, "KIND", {"what is corrected: target, adjustment, unit, succession, person, day, calendar, period, exception, term; else a figure", "更正的类别：target、adjustment、unit、succession、person、day、calendar、period、exception、term；不写为数据"}},
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"period", 0, OPTION_PERIOD, MEMBER(period), NULL, 0, 0, "PERIOD", {"tell what changes in the result of this period; else the scheme's", "列出该周期结果的变化；不写则按方案"}},
    OPTION_PROPOSE,
    OPTION_REASON,
    OPTION_THREADS,
    OPTION_WAIT,
    OPTION_WIDTH,
    {"withdraw", 0, OPTION_FLAG, MEMBER(withdraw), NULL, 0, 0, NULL, {"withdraw it: there is no such figure", "撤销：不再有该项数据"}},
    LAST_OPTION
};

const struct option decide_options[] = {
    {"accept", 0, OPTION_FLAG, MEMBER(accept), NULL, 0, 0, NULL, {"accept it", "同意"}},
    OPTION_AS,
    OPTION_COLOR,
    OPTION_HELP,
    OPTION_KEY,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"period", 0, OPTION_PERIOD, MEMBER(period), NULL, 0, 0, "PERIOD", {"tell what changes in the result of this period; else the scheme's", "列出该周期结果的变化；不写则按方案"}},
    OPTION_REASON,
    {"refuse", 0, OPTION_FLAG, MEMBER(refuse), NULL, 0, 0, NULL, {"refuse it; needs --reason", "不同意；须写明 --reason"}},
    OPTION_THREADS,
    OPTION_WAIT,
    OPTION_WIDTH,
    {"withdraw", 0, OPTION_FLAG, MEMBER(withdraw), NULL, 0, 0, NULL, {"withdraw one's own proposal", "撤回本人的提请"}},
    LAST_OPTION
};

const struct option doctor_options[] = {
    OPTION_COLOR,
    OPTION_CONFIG,
    OPTION_FORMAT("table json", "how it is printed", "输出格式"),
    OPTION_HELP,
    OPTION_KEY,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    OPTION_WIDTH,
    LAST_OPTION
};

const struct option export_options[] = {
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    OPTION_HELP,
    OPTION_KNOWN,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"output", 'o', OPTION_TEXT, MEMBER(output), NULL, 0, 0, "OUT", {"what is written; needed. Its ending is the form: .zip, .xlsx, else a folder", "要写出的考核包；必填。形式由扩展名决定：.zip、.xlsx，其余为文件夹"}},
    {"period", 0, OPTION_PERIOD, MEMBER(period), NULL, 0, 0, "PERIOD", {"with the version of the scheme that is in force for this period; else the newest", "采用该周期生效的方案版本；不写则为最新版本"}},
    {"replace", 0, OPTION_FLAG, MEMBER(replace), NULL, 0, 0, NULL, {"take the name of a folder that is not empty; the old one is kept as OUT.old", "文件夹已存在且不为空时取代它，原文件夹保留为 OUT.old"}},
    LAST_OPTION
};

const struct option import_options[] = {
    OPTION_AS,
    OPTION_COLOR,
    {"correct", 0, OPTION_FLAG, MEMBER(correct), NULL, 0, 0, NULL, {"correct what differs; needs --reason", "与账本不同的予以更正；须写明 --reason"}},
    OPTION_HELP,
    {"in-force", 0, OPTION_PERIOD, MEMBER(in_force), NULL, 0, 0, "PERIOD", {"from which period a scheme that differs is in force", "方案新版本自哪一周期起生效"}},
    OPTION_KEY,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"propose", 0, OPTION_FLAG, MEMBER(propose), NULL, 0, 0, NULL, {"only propose what is new, for figures that are locked; needs --reason", "有变动的只作提请，用于已锁定的数据；须写明 --reason"}},
    OPTION_REASON,
    OPTION_THREADS,
    OPTION_WAIT,
    {"withdraw", 0, OPTION_FLAG, MEMBER(withdraw), NULL, 0, 0, NULL, {"withdraw what only the ledger has; needs --reason", "仅账本中有的予以撤销；须写明 --reason"}},
    LAST_OPTION
};

const struct option init_options[] = {
    OPTION_AS,
    OPTION_COLOR,
    {"digest", 0, OPTION_WORD, MEMBER(digest), "sha256 sm3", 0, 0, NULL, {"of entries, for good; else sha256", "流水的摘要算法，建立后不能更改；不写为 sha256"}},
    {"from", 0, OPTION_TEXT, MEMBER(from_package), NULL, 0, 0, "PACKAGE", {"bring this package in at once", "同时导入该考核包"}},
    OPTION_HELP,
    {"id", 0, OPTION_TEXT, MEMBER(id), NULL, 0, 0, "ID", {"of the ledger; else the name of the file without its ending", "账本标识；不写则为文件名去掉扩展名"}},
    OPTION_KEY,
    OPTION_LANG,
    {"name", 0, OPTION_TEXT, MEMBER(name), NULL, 0, 0, "NAME", {"of the person who begins the ledger; needed", "建立账本者的姓名；必填"}},
    {"signature", 0, OPTION_WORD, MEMBER(signature), "ed25519 sm2", 0, 0, NULL, {"of heads, for good; else ed25519", "签名算法，建立后不能更改；不写为 ed25519"}},
    OPTION_THREADS,
    LAST_OPTION
};

const struct option key_options[] = {
    OPTION_AS,
    OPTION_COLOR,
    OPTION_HELP,
    OPTION_KEY,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"new", 0, OPTION_TEXT, MEMBER(new_key), NULL, 0, 0, "KEY", {"sign with this key from now on: a file, made where it is not there, or a URI", "今后用该密钥签名：文件（不存在时新建）或 URI"}},
    {"output", 'o', OPTION_TEXT, MEMBER(output), NULL, 0, 0, "FILE", {"write the public key in force to a file, in PEM", "将现用公钥以 PEM 格式写入文件"}},
    OPTION_REASON,
    OPTION_WAIT,
    OPTION_WIDTH,
    LAST_OPTION
};

const struct option log_options[] = {
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    OPTION_FORMAT("table json", "how it is printed", "输出格式"),
    OPTION_HELP,
    {"kind", 0, OPTION_TEXT, MEMBER(kind), NULL, 0, 0, "KIND", {"only facts of this kind: observation, target, unit, adjustment, scheme, post ...", "只列该类事实：observation、target、unit、adjustment、scheme、post 等"}},
    OPTION_KNOWN,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"limit", 0, OPTION_COUNT, MEMBER(limit), NULL, 1, 1000000000, "N", {"at most so many, the newest; else 20", "最多列出最新的 N 条；不写为 20"}},
    OPTION_OUTPUT,
    OPTION_THREADS,
    OPTION_WIDTH,
    LAST_OPTION
};

const struct option rebuild_options[] = {
    OPTION_COLOR,
    OPTION_HELP,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    OPTION_WAIT,
    LAST_OPTION
};

const struct option restore_options[] = {
    OPTION_COLOR,
    OPTION_HELP,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    LAST_OPTION
};

const struct option show_options[] = {
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    {"content", 0, OPTION_TEXT, MEMBER(content), NULL, 0, 0, "FIELD", {"the content of this field of the fact, as it is", "输出该号某一字段的内容原文"}},
    OPTION_FORMAT("table csv json", "how it is printed; csv of tables only", "输出格式；csv 仅用于表"),
    {"head", 0, OPTION_FLAG, MEMBER(head), NULL, 0, 0, NULL, {"the newest head, to be kept elsewhere", "最新的签名摘要，供另处留存"}},
    OPTION_HELP,
    OPTION_KNOWN,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    OPTION_OUTPUT,
    {"receipt", 0, OPTION_FLAG, MEMBER(want_receipt), NULL, 0, 0, NULL, {"the receipt of the fact", "该号的回执"}},
    {"table", 0, OPTION_TEXT, MEMBER(table), NULL, 0, 0, "TABLE", {"a table as it was in force: observations, targets, units, adjustments, successions", "某表的现行内容：observations、targets、units、adjustments、successions"}},
    OPTION_WIDTH,
    LAST_OPTION
};

const struct option user_options[] = {
    OPTION_AS,
    {"assessment", 0, OPTION_TEXT, MEMBER(assessment), NULL, 0, 0, "ID", {"the assessment for which the role holds; else all", "角色所限的考核；不写则不限"}},
    OPTION_COLOR,
    {"deputy", 0, OPTION_FLAG, MEMBER(deputy), NULL, 0, 0, NULL, {"acts for who holds the role", "代行该角色"}},
    OPTION_FORMAT("table json", "how the list is printed", "列表的格式"),
    {"from", 0, OPTION_DATE, MEMBER(from_day), NULL, 0, 0, "DATE", {"first day of the role; else today", "任职首日；不写为当日"}},
    OPTION_HELP,
    {"indicator", 0, OPTION_TEXT, MEMBER(indicator), NULL, 0, 0, "CODE", {"the indicator or block for which the role holds; else all", "角色所限的指标或板块；不写则不限"}},
    OPTION_KEY,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"name", 0, OPTION_TEXT, MEMBER(name), NULL, 0, 0, "NAME", {"of the person; needed where the ledger does not know it", "姓名；新登记人员必填"}},
    OPTION_REASON,
    {"role", 0, OPTION_TEXT, MEMBER(role), NULL, 0, 0, "ROLE", {"office, committee, unit, approver, owner, leader, cadre, supervisor, system_admin, security_admin, auditor", "角色：office、committee、unit、approver、owner、leader、cadre、supervisor、system_admin、security_admin、auditor"}},
    {"to", 0, OPTION_DATE, MEMBER(to_day), NULL, 0, 0, "DATE", {"last day of the role", "任职末日"}},
    {"unit", 0, OPTION_TEXT, MEMBER(unit), NULL, 0, 0, "UNIT", {"the unit or department for which the role holds", "角色所属的考核对象或部门"}},
    OPTION_WAIT,
    OPTION_WIDTH,
    LAST_OPTION
};

const struct option verify_options[] = {
    OPTION_COLOR,
    OPTION_HELP,
    {"journal", 0, OPTION_TEXT, MEMBER(journal), NULL, 0, 0, "FILE", {"verify this file, which backup wrote; no ledger is needed", "核验由 backup 写出的文件，无须账本"}},
    {"key", 0, OPTION_TEXT, MEMBER(key), NULL, 0, 0, "KEY", {"with --receipt: the public key that must have signed it, as a file, or as its digest", "与 --receipt 同用：必须由该公钥签名，写文件或公钥摘要"}},
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"receipt", 0, OPTION_TEXT, MEMBER(receipt), NULL, 0, 0, "FILE", {"verify this receipt; no ledger is needed", "核验该回执，无须账本"}},
    {"since", 0, OPTION_TEXT, MEMBER(since), NULL, 0, 0, "FILE", {"the journal must extend this head (or that of a receipt), which was kept elsewhere", "流水须接续另处留存的签名摘要（或回执中的签名摘要）"}},
    OPTION_THREADS,
    LAST_OPTION
};

/* clang-format on */
