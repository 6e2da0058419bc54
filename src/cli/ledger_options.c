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

/* Words of kinds of periods, in the order of enum baton_period_kind. */
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

const struct option expected_options[] = {
    OPTION_AS_OF_MOMENT,
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    OPTION_FORMAT("text csv json", "how it is printed", "输出格式"),
    OPTION_HELP,
    OPTION_KNOWN,
    OPTION_LANG,
    OPTION_LEDGER_ID,
    {"reporter", 0, OPTION_TEXT, MEMBER(reporter), NULL, 0, 0, "UNIT", {"only what this unit reports, of itself or of others", "仅由该单位报送的数据（本单位或其他对象的）"}},
    {"state", 0, OPTION_WORD, MEMBER(what), "all given na pending not_due awaited missing", 0, 0, "STATE", {"list only figures in this state: given, na, pending, not_due, awaited, missing", "仅列此状态的数据：given、na、pending、not_due、awaited、missing"}},
    OPTION_THREADS,
    {"unit", 0, OPTION_TEXT, MEMBER(unit), NULL, 0, 0, "UNIT", {"only the figures of this unit", "仅该对象的数据"}},
    OPTION_WIDTH,
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
    {"kind", 0, OPTION_TEXT, MEMBER(kind), NULL, 0, 0, "KIND", {"what is corrected: target, adjustment, unit, succession, person, day, calendar, period, exception; else a figure", "更正的类别：target、adjustment、unit、succession、person、day、calendar、period、exception；不写为数据"}},
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
