/* The list of commands with their options, from which `baton` parses its arguments and makes help, man pages and
 * completion. */
#include "cli/command.h"
#include "cli/ledger_options.h"
#include "cli/shared_options.h"
#include <string.h>

/* clang-format off */

static const struct option own_options[] = {
    OPTION_HELP,
    OPTION_LANG,
    {"version", 0, OPTION_FLAG, MEMBER(version), NULL, 0, 0, NULL, {"print the version", "显示版本"}},
    LAST_OPTION
};

static const struct option check_options[] = {
    OPTION_AS_OF,
    OPTION_COLOR,
    OPTION_FORMAT("text json", "how findings are printed", "结果格式"),
    OPTION_HELP,
    OPTION_LANG,
    {"no-lint", 0, OPTION_FLAG, MEMBER(no_lint), NULL, 0, 0, NULL, {"only whether it can be scored, not what its office might regret", "只查能否计分，不做方案体检"}},
    OPTION_PERIOD_,
    {"strict", 0, OPTION_FLAG, MEMBER(strict), NULL, 0, 0, NULL, {"a warning makes the package unsound too", "有警告也视为不符合要求"}},
    OPTION_THREADS,
    LAST_OPTION
};

static const struct option convert_options[] = {
    OPTION_COLOR,
    OPTION_HELP,
    OPTION_LANG,
    {"output", 'o', OPTION_TEXT, MEMBER(output), NULL, 0, 0, "OUT", {"what is written; needed. Its ending is the form", "要写出的考核包；必填。形式由扩展名决定"}},
    {"replace", 0, OPTION_FLAG, MEMBER(replace), NULL, 0, 0, NULL, {"take the name of a folder that is not empty; the old one is kept as OUT.old", "文件夹已存在且不为空时取代它，原文件夹保留为 OUT.old"}},
    LAST_OPTION
};

static const struct option diff_options[] = {
    OPTION_AS_OF,
    {"changes-only", 0, OPTION_FLAG, MEMBER(changes_only), NULL, 0, 0, NULL, {"only what differs between the schemes, no replay", "只列方案差异，不作回放"}},
    OPTION_COLOR,
    {"exit-code", 0, OPTION_FLAG, MEMBER(exit_code), NULL, 0, 0, NULL, {"end with 1 where the schemes differ", "方案有差异时退出状态为 1"}},
    OPTION_FORMAT("text json markdown html", "how the comparison is printed", "结果格式"),
    {"group", 0, OPTION_TEXT, MEMBER(group), NULL, 0, 0, "GROUP", {"replay: only this group of the old scheme", "回放只列原方案的该考核类别"}},
    OPTION_HELP,
    OPTION_LANG,
    OPTION_OUTPUT,
    {"period", 0, OPTION_PERIOD, MEMBER(period), NULL, 0, 0, "PERIOD", {"the period replayed: 2020, 2020-H1, 2020-Q3; else the old scheme's", "回放的考核周期：2020、2020-H1、2020-Q3；不写则按原方案"}},
    OPTION_THREADS,
    {"unit", 0, OPTION_TEXT, MEMBER(unit), NULL, 0, 0, "UNIT", {"replay: only this unit", "回放只列该考核对象"}},
    OPTION_WIDTH,
    LAST_OPTION
};

static const struct option explain_options[] = {
    OPTION_ALL,
    OPTION_AS_OF,
    OPTION_ASSESSMENT,
    {"clauses", 0, OPTION_FLAG, MEMBER(clauses), NULL, 0, 0, NULL, {"with the words of the clauses, not only their headings", "附条款原文，而不只是条款标题"}},
    OPTION_COLOR,
    {"depth", 0, OPTION_COUNT, MEMBER(depth), NULL, 1, 64, "N", {"so many levels below the node", "向下展开的层数"}},
    OPTION_FORMAT("text json", "how the derivation is printed", "结果格式"),
    OPTION_HELP,
    OPTION_KNOWN,
    OPTION_LANG,
    OPTION_LEDGER,
    OPTION_LEDGER_ID,
    {"node", 0, OPTION_TEXT, MEMBER(node), NULL, 0, 0, "NODE", {"the indicator explained; else the total", "要说明的指标；不写则为总分"}},
    OPTION_OUTPUT,
    OPTION_PERIOD_,
    OPTION_THREADS,
    {"unit", 0, OPTION_TEXT, MEMBER(unit), NULL, 0, 0, "UNIT", {"the unit whose score is explained; needed", "要说明的考核对象；必填"}},
    OPTION_WIDTH,
    LAST_OPTION
};

static const struct option help_options[] = {
    {"completion", 0, OPTION_WORD, MEMBER(completion), "none bash zsh", 0, 0, NULL, {"print a script that completes commands and options in this shell", "输出该命令行环境的自动补全脚本"}},
    OPTION_HELP,
    OPTION_LANG,
    {"man", 0, OPTION_FLAG, MEMBER(man), NULL, 0, 0, NULL, {"print the man page, as roff", "输出手册页（roff 格式）"}},
    LAST_OPTION
};

static const struct option import_sheet_options[] = {
    {"add", 0, OPTION_FLAG, MEMBER(add), NULL, 0, 0, NULL, {"put the figures into observations.csv of the package", "把数据写入考核包的 observations.csv"}},
    OPTION_COLOR,
    {"guess", 0, OPTION_FLAG, MEMBER(guess), NULL, 0, 0, NULL, {"write a mapping for this sheet, to be confirmed, and import nothing; needs --package", "推测本表的对照表供核对，不导入数据；须给出 --package"}},
    OPTION_HELP,
    OPTION_LANG,
    {"mapping", 0, OPTION_TEXT, MEMBER(mapping), NULL, 0, 0, "MAPPING", {"how the sheet is read: a mapping of the package by its name, or the path of a file; needed without --guess", "表的读法：考核包中对照表的名称，或文件路径；不用 --guess 时必填"}},
    OPTION_OUTPUT,
    {"package", 0, OPTION_TEXT, MEMBER(package), NULL, 0, 0, "PACKAGE", {"the package whose units and elements are meant", "数据所属的考核包"}},
    {"period", 0, OPTION_PERIOD, MEMBER(period), NULL, 0, 0, "PERIOD", {"the period of the figures; where the sheet says its own, the two must agree", "数据的周期；表中自有周期的，两者必须一致"}},
    {"replace", 0, OPTION_FLAG, MEMBER(replace), NULL, 0, 0, NULL, {"with --add, put new values in place of others that are there", "与 --add 同用：原有数值不同的，用新值替换"}},
    OPTION_THREADS,
    LAST_OPTION
};

static const struct option matrix_options[] = {
    OPTION_AS_OF,
    OPTION_ASSESSMENT,
    OPTION_COLOR,
    OPTION_FONT,
    OPTION_FORMAT("table csv json html xlsx pdf", "tables for people; CSV for spreadsheets; everything as JSON; several matrices as a workbook; with --what units report cards as a page of HTML or PDF", "供阅读的表格；供电子表格使用的 CSV；以 JSON 输出全部内容；多张表的工作簿（xlsx）；--what units 时可输出成绩单网页（html）或 PDF"),
    {"group", 0, OPTION_TEXT, MEMBER(group), NULL, 0, 0, "GROUP", {"only this group", "只输出该考核类别"}},
    OPTION_HELP,
    OPTION_KNOWN,
    OPTION_LANG,
    OPTION_LEDGER,
    OPTION_LEDGER_ID,
    {"level", 0, OPTION_COUNT, MEMBER(level), NULL, 1, 64, "N", {"indicators of this level only: 1 = the blocks; else the leaves", "只到第 N 级指标：1 为板块；不写则到末级指标"}},
    {"names", 0, OPTION_FLAG, MEMBER(names), NULL, 0, 0, NULL, {"in CSV names instead of identifiers, for spreadsheets", "CSV 中用名称代替标识，便于在电子表格中使用"}},
    OPTION_OUTPUT,
    OPTION_PERIOD_,
    OPTION_THREADS,
    {"top", 0, OPTION_COUNT, MEMBER(top), NULL, 1, 1000, "N", {"at most so many strengths, weaknesses, indicators that lost most; else 5", "优势、弱势、失分最多的指标各列几项；不写为 5"}},
    {"unit", 0, OPTION_TEXT, MEMBER(unit), NULL, 0, 0, "UNIT", {"only this unit", "只输出该考核对象"}},
    {"what", 0, OPTION_WORD, MEMBER(what), "ranks scores ratings points lost contributions from-mean from-best units indicators lists", 0, 0, "WHAT", {"what is shown, one of the words above; else ranks", "输出内容，即上述各词之一；不写为 ranks"}},
    OPTION_WIDTH,
    LAST_OPTION
};

static const struct option methods_options[] = {
    OPTION_COLOR,
    OPTION_FORMAT("text json markdown", "how they are printed", "结果格式"),
    OPTION_HELP,
    OPTION_LANG,
    OPTION_WIDTH,
    LAST_OPTION
};

static const struct option scheme_options[] = {
    {"clauses", 0, OPTION_FLAG, MEMBER(clauses), NULL, 0, 0, NULL, {"with the words of the clauses, not only their headings", "附条款原文，而不只是条款标题"}},
    OPTION_COLOR,
    OPTION_FORMAT("text markdown html", "how it is printed: for a terminal, as Markdown, as one file of HTML for browser and paper", "输出格式：终端文本、Markdown，或可打印的单个 HTML 文件"),
    {"group", 0, OPTION_TEXT, MEMBER(group), NULL, 0, 0, "GROUP", {"only what concerns this group", "只输出与该考核类别有关的内容"}},
    OPTION_HELP,
    OPTION_LANG,
    OPTION_OUTPUT,
    OPTION_THREADS,
    OPTION_WIDTH,
    LAST_OPTION
};

static const struct option score_options[] = {
    OPTION_AS,
    OPTION_AS_OF,
    OPTION_ASSESSMENT,
    {"awards", 0, OPTION_FLAG, MEMBER(awards), NULL, 0, 0, NULL, {"the awards instead of the scores", "只输出奖项"}},
    OPTION_COLOR,
    OPTION_FONT,
    OPTION_FORMAT("table csv json html xlsx pdf", "a table for people; every unit and indicator as CSV or JSON; league tables as a page of HTML; a workbook with formulas; a posting for a wall as PDF", "供阅读的表格；以 CSV、JSON 输出每个对象的每项指标；排名表网页（html）；带公式的工作簿（xlsx）；供张榜公布的 PDF"),
    {"group", 0, OPTION_TEXT, MEMBER(group), NULL, 0, 0, "GROUP", {"only this group", "只输出该考核类别"}},
    OPTION_HELP,
    OPTION_KEY,
    OPTION_KNOWN,
    OPTION_LANG,
    OPTION_LEDGER,
    OPTION_LEDGER_ID,
    OPTION_OUTPUT,
    {"paper", 0, OPTION_WORD, MEMBER(paper), "a3 a4", 0, 0, NULL, {"of PDF", "PDF 的纸张"}},
    OPTION_PERIOD_,
    {"post", 0, OPTION_FLAG, MEMBER(post), NULL, 0, 0, NULL, {"with --ledger: propose that this result be posted; somebody else decides", "与 --ledger 同用：提请公布该结果，由他人决定"}},
    OPTION_REASON,
    {"rounded", 0, OPTION_FLAG, MEMBER(rounded), NULL, 0, 0, NULL, {"in CSV and JSON numbers as published, not as exact as they are", "CSV、JSON 中的数按公布的小数位输出，而不是精确值"}},
    OPTION_THREADS,
    {"top", 0, OPTION_COUNT, MEMBER(top), NULL, 1, 1000000000, "N", {"only the first N of each group, and whoever ties with the last", "只输出每类前 N 名（含与第 N 名并列者）"}},
    {"unit", 0, OPTION_TEXT, MEMBER(unit), NULL, 0, 0, "UNIT", {"only this unit", "只输出该考核对象"}},
    OPTION_WAIT,
    OPTION_WIDTH,
    LAST_OPTION
};

static const struct option version_options[] = {OPTION_HELP, OPTION_LANG, LAST_OPTION};

static const struct command commands[] = {
    {"account", cmd_account, "LEDGER make|reset|close|list [ID]", 2, 3, account_options,
     {"say who may sign in to the server", "管理服务登录账号"},
     {"`make ID` gives a person whom the ledger knows an account and prints its first password, which has to be changed at the first sign-in and lasts for a week. `reset ID` gives a new one, "
      "ends sessions and takes a lost second factor away. `close ID` takes the account away. `list` lists them.\n\n"
      "Passwords and sessions stand beside the journal, not in it: see docs/people.md.",
      "make ID 为账本中已登记的人员开通账号，并显示初始密码；初始密码一周内有效，首次登录须更改。reset ID 重置密码，结束其会话，并解除遗失的动态口令。close ID 注销账号。list 列出账号。\n\n"
      "密码和会话存于流水之外，见 docs/people.md。"},
     {"baton account city.db make li.wei\n"
      "baton account city.db list",
      "baton account city.db make li.wei\n"
      "baton account city.db list"}},
    {"backup", cmd_backup, "LEDGER", 1, 1, backup_options,
     {"write a whole ledger to one file, verified", "将整个账本备份为一个文件并核验"},
     {"Writes everything that LEDGER is to FILE, from one state while others go on adding: the journal, heads, contents, evidence. The file does not depend on the store; it is read again and verified before the command ends. "
      "`baton restore` makes a ledger of it, and any program that follows docs/journal.md can verify it.\n\n"
      "The key that signs is not in it.",
      "将账本 LEDGER 的全部内容写入 FILE：流水、签名摘要、内容、佐证，取同一时点，不影响他人入账。文件与存储方式无关，写完后重新读取核验。可用 `baton restore` 恢复，"
      "任何按 docs/journal.md 编写的程序都能核验。\n\n"
      "签名密钥不在其中。"},
     {"baton backup city.db -o city-2021-08-27.journal",
      "baton backup city.db -o city-2021-08-27.journal"}},
    {"burden", cmd_burden, "LEDGER", 1, 1, burden_options,
     {"tell how much is asked of units, and the hours it takes", "统计各单位的填报负担"},
     {"Counts what all assessments of a ledger ask in a year: figures (each period counts), forms (what one unit reports to one department for one period), files that were brought in, and the hours that takes; beside the year before, and with what sharing saves.\n\n"
      "--by adds it up: `unit` (who reports), `level` (of the unit, as 街道), `department` (who asks), `month`, `assessment`.\n\n"
      "Minutes a figure, form and file are 6, 20 and 10, unless the office says others: `baton correct --add --kind effort figure minutes=4`. docs/collection.md walks through it.",
      "统计账本中全部考核一年内的填报负担：数据项次（每个周期计一次）、报表份数（一个单位一个周期向一个部门报送的为一份）、上传的佐证件数及所需小时数；与上年比较，并列出共享节省的用时。\n\n"
      "--by 指定汇总方式：`unit`（报送单位）、`level`（单位层级，如街道）、`department`（需求部门）、`month`（月份）、`assessment`（考核）。\n\n"
      "每项数据、每份报表、每件佐证按 6、20、10 分钟计，考核办可另行规定：`baton correct --add --kind effort figure minutes=4`。详见 docs/collection.md。"},
     {"baton burden city.db --year 2021\nbaton burden city.db --year 2021 --by department --level 街道",
      "baton burden city.db --year 2021\nbaton burden city.db --year 2021 --by department --level 街道"}},
    {"calendar", cmd_calendar, "LEDGER [PERIOD]...", 1, OPERANDS_MAX, calendar_options,
     {"tell when figures are due, and open periods", "查看报送日程，开放周期"},
     {"Shows the calendar of an assessment: the rules by which periods open, are due, end their days of grace and lock, the office's or, where it has made none, the scheme's; then the periods of a year in which something is expected, "
      "or those that are named, with their moments and what they are now. Periods that wait to be opened show what the rules give today.\n\n"
      "--frequency says of which kind: `day`, `week`, `month`, `quarter`, `half`, `year`, or `all`.\n\n"
      "With --open they are opened: their moments are worked out, stored, and stay what they are when rules and holidays change. What is open already is left.\n\n"
      "Rules, holidays and exceptions are said by `baton correct --add`: `--kind calendar month opens=1d due='8wd 17:00' locks=30d`, `--kind day 2021-10-01..2021-10-07 is=holiday`, `--kind exception 2021-08 yunhu '*' due=2021-09-20 --propose`. "
      "An offset counts from the last day of the period: 10d days, 8wd workdays. docs/collection.md walks through it.",
      "显示考核的报送日程：各类周期开放、截止、宽限、锁定的规则（考核办规定的；未规定的按方案），以及一个年度内需要报送的周期或所列周期的各时点和当前状态。待开放的周期显示按现行规则推算的时点。\n\n"
      "--frequency 指定周期类型：`day`（日）、`week`（周）、`month`（月）、`quarter`（季）、`half`（半年）、`year`（年），`all` 为全部。\n\n"
      "加 --open 时予以开放：算定各时点并入账，此后规则、节假日变动不影响已开放的周期；已开放的不再变动。\n\n"
      "规则、节假日、延期用 `baton correct --add` 写入：`--kind calendar month opens=1d due='8wd 17:00' locks=30d`、`--kind day 2021-10-01..2021-10-07 is=holiday`、`--kind exception 2021-08 yunhu '*' due=2021-09-20 --propose`。"
      "时点自周期末日起计：10d 为自然日，8wd 为工作日。详见 docs/collection.md。"},
     {"baton calendar city.db --year 2021\n"
      "baton calendar city.db 2021-08 2021-Q3 --open --as li.wei\n"
      "baton calendar city.db --year 2021 --frequency month --open --as li.wei",
      "baton calendar city.db --year 2021\n"
      "baton calendar city.db 2021-08 2021-Q3 --open --as li.wei\n"
      "baton calendar city.db --year 2021 --frequency month --open --as li.wei"}},
    {"chase", cmd_chase, "LEDGER", 1, 1, chase_options,
     {"remind who owes figures, once", "催报一次：生成并推送提醒"},
     {"Looks at what is awaited and writes the reminders that are due by now into the outbox: to the clerks of the unit, to its approvers, to the office; to departments that have not verified; and to the office where posts are vacant before figures are due. Each is made once. "
      "Then whatever waits there is told, by the webhook or the command of the configuration; without either it is kept for GET /notices.\n\n"
      "A server does the same by itself all the time: this is for ledgers that have none, from cron. --config names the configuration of a server, for `notify` and `reminders`.",
      "检查待报数据，把到时的提醒写入发件箱：先填报人员，再审签人员、考核办；逾期未审核的提醒审核单位；截止之前岗位空缺的提醒考核办。每条只生成一次。然后按配置的推送地址或程序推送；两者均未配置的，留待 GET /notices 查看。\n\n"
      "服务运行时会自动进行，本命令供没有服务的账本定时执行（cron）。--config 指定服务的配置文件，取其 `notify` 和 `reminders` 两节。"},
     {"baton chase city.db --config /etc/baton/city.yaml",
      "baton chase city.db --config /etc/baton/city.yaml"}},
    {"check", cmd_check, "PACKAGE", 1, 1, check_options,
     {"say whether a package is sound", "检查考核包是否符合要求"},
     {"Reads the assessment package PACKAGE, a folder, a .zip of it or a workbook (.xlsx), and lists everything that is wrong or odd: identifiers, references, "
      "weights, circles, periods, doubled rows, expressions, figures. Each finding names the file and the row and says what "
      "to do.\n\n"
      "A package without errors is then looked through as an office would before it adopts the scheme: gaps between bands, "
      "quotas that cannot be met, indicators that tell nobody apart, and so on. That is the scheme lint; each of its findings "
      "says why it matters.\n\n"
      "Ends with 0 where the package is sound, 1 where it is not, 2 where it cannot be read as a package at all.",
      "读取考核包 PACKAGE（文件夹、.zip 压缩包或 .xlsx 工作簿），列出全部错误和疑点：标识、引用、权重、循环、周期、重复行、表达式、数据。每条都指明文件和行，并给出"
      "改正办法。\n\n"
      "没有错误的考核包还要做方案体检：档次之间的空档、无法落实的名额、拉不开差距的指标等，都在方案通过之前找出来；每条都说明为什么要紧。\n\n"
      "符合要求时退出状态为 0，不符合为 1，无法作为考核包读取为 2。"},
     {"baton check examples/city             check the example\n"
      "baton check --strict examples/city    also refuse what is merely odd",
      "baton check examples/city             检查示例\n"
      "baton check --strict examples/city    有疑点也不通过"}},
    {"collect", cmd_collect, "LEDGER PERIOD [ACT [UNIT ELEMENT [VALUE]]]", 2, 6, collect_options,
     {"take reports from draft to accepted figure, or list them", "办理填报、审签、报送、审核、认定，或列出填报"},
     {"Takes the report of a figure a step further: ACT is `draft`, `sign`, `submit`, `recall` (take it back), `verify`, `return` (with a reason) or `accept`. With UNIT and ELEMENT it is that figure; a draft says its VALUE, or with --state why there is none. "
      "Without them it is every report of PERIOD at a stage from which ACT leads, as far as --unit, --element, --reporter and --stage ask for it: all of them or none.\n\n"
      "Stages are `draft`, `signed`, `submitted`, `returned`, `verified`, `accepted`, or `all`. A figure that is drafted is `given`, or with --state `na` (it does not apply) or `pending` (it cannot be there yet), both with a --note. Without ACT reports are listed.\n\n"
      "Who may do what, and until when, is a table that the ledger holds everybody to: docs/collection.md. Whose turn it is: `baton waiting`. After the lock a figure is corrected by two: `baton correct --propose`.",
      "将填报推进一步。ACT 为 `draft`（填报）、`sign`（审签）、`submit`（报送）、`recall`（撤回）、`verify`（审核）、`return`（退回，须写理由）、`accept`（认定）。写明 UNIT 和 ELEMENT 时办理该项数据；填报时写明 VALUE，无数据的用 --state 说明原因。"
      "不写时办理 PERIOD 内处于相应环节的全部填报，可用 --unit、--element、--reporter、--stage 限定，全部办理或全部不办理。\n\n"
      "环节为 `draft`（草稿）、`signed`（已审签）、`submitted`（已报送）、`returned`（已退回）、`verified`（已审核）、`accepted`（已认定），`all` 为全部。填报为有数据（`given`），或用 --state 说明 `na`（不适用）、`pending`（暂不出数），均须加 --note。不写 ACT 时列出填报。\n\n"
      "何人何时可办何事由账本按同一张表把关，见 docs/collection.md；轮到谁办见 `baton waiting`。锁定后的数据由两人更正：`baton correct --propose`。"},
     {"baton collect city.db 2021-08 draft yunhu retail 38.2 --source 月报 --as chen.li\n"
      "baton collect city.db 2021-08 sign --reporter statistics --as zhao.qing\n"
      "baton collect city.db 2021-08 --stage submitted",
      "baton collect city.db 2021-08 draft yunhu retail 38.2 --source 月报 --as chen.li\n"
      "baton collect city.db 2021-08 sign --reporter statistics --as zhao.qing\n"
      "baton collect city.db 2021-08 --stage submitted"}},
    {"completeness", cmd_completeness, "LEDGER [PERIOD]...", 1, OPERANDS_MAX, completeness_options,
     {"tell how complete and how timely figures come in", "查看报送的完整与及时情况"},
     {"Counts, for the periods that are named or else for all that are opened, what was expected and what became of it: submitted in time, within an exception, late and by how many days, missing, not applicable; what came back once or more often; what was corrected after it had been accepted; "
      "and how long figures lay with each post. --by says for whom: each `unit` that reports, each `verifier`, or all together (`office`).\n\n"
      "What counts is when a figure was submitted first; that it was returned counts by itself. Figures that the office entered without a report count for and against nobody.\n\n"
      "With --figures and a PERIOD the office has the same said as figures of indicators whose `source` is `baton`, over all opened periods within PERIOD: collection_completeness, collection_timeliness, collection_returns, verifying_days. docs/collection.md has the formulas.",
      "统计所列周期（不写为全部已开放的周期）的应报数据及其结果：按时、经批准延期、逾期及天数、缺报、不适用，退回一次或多次，认定后更正，以及在各环节停留的时间。--by 指定统计口径：报送单位（`unit`）、审核单位（`verifier`）或合计（`office`）。\n\n"
      "以首次报送的时间为准，退回另行统计。考核办未经填报流程直接录入的数据不计入任何单位。\n\n"
      "加 --figures 并写明 PERIOD 时，考核办将该周期内全部已开放周期的统计结果录入来源（`source`）为 `baton` 的指标：collection_completeness（完整率）、collection_timeliness（及时率）、collection_returns（退回率）、verifying_days（审核天数）。公式见 docs/collection.md。"},
     {"baton completeness city.db 2021-08\n"
      "baton completeness city.db --year 2021 --by verifier\n"
      "baton completeness city.db 2021 --figures --as li.wei",
      "baton completeness city.db 2021-08\n"
      "baton completeness city.db --year 2021 --by verifier\n"
      "baton completeness city.db 2021 --figures --as li.wei"}},
    {"convert", cmd_convert, "PACKAGE", 1, 1, convert_options,
     {"put a package into another form", "转换考核包的形式"},
     {"Writes the package PACKAGE as OUT: an archive where its name ends with .zip, a workbook where it ends with .xlsx, else a folder. All forms "
      "mean the same, and a package with errors is converted as well as a sound one. Between folders and archives files are copied byte for byte: scheme.yaml, "
      "the tables, documents and mappings, and other packages in its folder that it imports or succeeds. What else stands there is named and left.\n\n"
      "A workbook has a sheet for each table, with every column and comment, and lists to choose from; packages that it reads are converted one by one. What "
      "no workbook can hold, and cells that no table can have, are errors.\n\n"
      "OUT appears when it is whole. A folder that is there already and not empty stays as it is, unless --replace is given.",
      "把考核包 PACKAGE 写成 OUT：名称以 .zip 结尾的为压缩包，以 .xlsx 结尾的为工作簿，其余为文件夹。各种形式含义相同，有错误的考核包也能转换。"
      "在文件夹与压缩包之间，文件逐字节复制：scheme.yaml、各表、政策文件、对照表，以及本文件夹内由它引用或承接的其他考核包；其余文件只列名，不复制。\n\n"
      "工作簿每表一个工作表，保留全部列和注释，并提供下拉选项；由它引用的其他考核包需逐个转换。工作簿容纳不下的内容、各表不允许的单元格均为错误。\n\n"
      "全部写完后才生成 OUT。文件夹已存在且不为空时不作改动，除非写明 --replace。"},
     {"baton convert examples/city -o city.zip     one file to send\n"
      "baton convert examples/city -o city.xlsx    a workbook to fill in\n"
      "baton convert city.zip -o city              a folder to work in",
      "baton convert examples/city -o city.zip     便于发送的单个文件\n"
      "baton convert examples/city -o city.xlsx    便于填报的工作簿\n"
      "baton convert city.zip -o city              便于编辑的文件夹"}},
    {"correct", cmd_correct, "LEDGER KEY... [VALUE] [FIELD=VALUE]...", 2, OPERANDS_MAX, correct_options,
     {"correct a fact of a ledger, with a reason", "更正账本中的事实，并写明理由"},
     {"Corrects a figure, LEDGER UNIT ELEMENT PERIOD VALUE: the old value stays to be seen, the new one is in force. --withdraw says that there is none, --add says one for the first time. Of other kinds (--kind) the key is that of their table, then what changes: "
      "`--kind target UNIT INDICATOR PERIOD target=8`, `--kind unit ID name=...`, `--kind adjustment N points=2`; of the calendar `--kind day 2021-10-01 is=holiday` (`2021-10-01..2021-10-07`: each day of these, all or none), `--kind calendar month opens=1d due=8wd`, "
      "`--kind period 2021-08 due=2021-09-12`, and only with --propose `--kind exception 2021-08 UNIT ELEMENT due=2021-09-20`.\n\n"
      "The assessment is scored with it before anything is stored: a value that the scheme cannot take is refused. What it changes in scores, ranks and grades is told. "
      "What is locked, because a result is posted, has to be proposed (--propose), and somebody else decides: `baton decide`.",
      "更正数据（LEDGER 对象 数据项 周期 数值）：原值仍可查，新值现行。--withdraw 表示不再有该数据，--add 表示首次填报。其他类别（--kind）先写该表的主键，再写更改的字段："
      "`--kind target 对象 指标 周期 target=8`、`--kind unit 标识 name=…`、`--kind adjustment 编号 points=2`；日程有 `--kind day 2021-10-01 is=holiday`（写 `2021-10-01..2021-10-07` 则逐日录入，全部成功或全部不入账）、`--kind calendar month opens=1d due=8wd`、"
      "`--kind period 2021-08 due=2021-09-12`，延期须提请：`--kind exception 2021-08 对象 数据项 due=2021-09-20`。\n\n"
      "入账之前先照此计分，方案不能接受的值予以拒绝，并列出得分、位次、等次的变化。结果公布后锁定的内容须提请（--propose），由他人用 `baton decide` 决定。"},
     {"baton correct city.db yunhu gdp 2021-06 512.3 --reason 统计局修订 --as li.wei\n"
      "baton correct city.db yunhu gdp 2021-06 512.3 --reason 申诉 --propose --evidence 函.pdf --as li.wei\n"
      "baton correct city.db --kind target yunhu accidents 2021 target=6 --reason 下调 --as li.wei",
      "baton correct city.db yunhu gdp 2021-06 512.3 --reason 统计局修订 --as li.wei\n"
      "baton correct city.db yunhu gdp 2021-06 512.3 --reason 申诉 --propose --evidence 函.pdf --as li.wei\n"
      "baton correct city.db --kind target yunhu accidents 2021 target=6 --reason 下调 --as li.wei"}},
    {"decide", cmd_decide, "LEDGER [N]", 1, 2, decide_options,
     {"list what waits for a second person, and decide", "列出待他人决定的事项，并作出决定"},
     {"Lists what was proposed and waits, with what it would change in scores, ranks and grades; with N only that proposal. --accept makes it so, --refuse (with a reason) does not: by somebody else than who proposed it. "
      "--withdraw takes one's own proposal back.",
      "列出已提请、待决定的事项及其对得分、位次、等次的影响；写明 N 时只列该号。--accept 同意并随即生效，--refuse 不同意（须写理由），均须由提请人以外的人办理。--withdraw 撤回本人的提请。"},
     {"baton decide city.db\n"
      "baton decide city.db 26731 --accept --as wang.min\n"
      "baton decide city.db 26731 --refuse --reason 佐证不足 --as wang.min",
      "baton decide city.db\n"
      "baton decide city.db 26731 --accept --as wang.min\n"
      "baton decide city.db 26731 --refuse --reason 佐证不足 --as wang.min"}},
    {"diff", cmd_diff, "OLD NEW", 2, 2, diff_options,
     {"compare two schemes, and replay the old year by the new one", "对比两个方案，并用新方案回放原年度"},
     {"Compares the schemes of two packages, such as last year's and this year's: indicators added, dropped, moved, renamed; weights, "
      "methods, sources, owners, clauses; settings, groups, grades, adjustments, awards. Each change has its place in both, and changes "
      "with the same clause, or of which one cannot be made without the other, are one amendment.\n\n"
      "Where OLD has figures they are replayed: scored by the new scheme. Each change of score, rank and grade is attributed to the amendments, "
      "by Shapley values up to 8 of them, beyond that in the order of the clauses. How much of the weight stayed, and who keeps rank and "
      "grade, is the measured share of \"big stability, small change\".\n\n"
      "Ends with 0 whether the schemes differ or not; with --exit-code with 1 where they differ. 2 where a package is not sound.",
      "对比两个考核包的方案（如上年度与本年度）：指标的新增、取消、移动、更名，权重、评分方法、数据来源、责任部门、依据条款，"
      "以及计分规则、类别、等次、加减分、奖项。每处差异都注明在两个方案中的位置；依据同一条款的差异，以及缺一不可的差异，合为一项修订。\n\n"
      "OLD 有数据时进行回放：用新方案对原年度数据重新计分，把得分、位次、等次的每一处变化归因到各项修订。修订不超过 8 项时按夏普利值，"
      "超过 8 项时按条款顺序。权重沿用比例、位次和等次保持不变的比例，就是“大稳定、小调整”的实测值。\n\n"
      "无论有无差异退出状态均为 0；加 --exit-code 时有差异为 1。考核包不符合要求为 2。"},
     {"baton diff examples/city/2020 examples/city                       what changed, and what it did\n"
      "baton diff examples/city/2020 examples/city --group district      only districts in the replay\n"
      "baton diff OLD NEW --changes-only --format html -o changes.html   a list to print",
      "baton diff examples/city/2020 examples/city                       改了什么，有何影响\n"
      "baton diff examples/city/2020 examples/city --group district      回放只列市（县）区\n"
      "baton diff OLD NEW --changes-only --format html -o changes.html   可打印的修订清单"}},
    {"digest", cmd_digest, "LEDGER", 1, 1, digest_options,
     {"tell what a person ought to know today", "查看个人今日事项"},
     {"Prints for --person what came back and why, what they owe and by when, what waits for them to be signed off, verified or accepted, what is overdue below them, and what of theirs was accepted within a week, by assessment; then the proposals of others that they may decide on. As the text of a letter, or as JSON. Of --assessment alone, else of all of the ledger.",
      "列出 --person 所指人员的事项：被退回的数据及理由、待填报及时限、待审签、待审核、待认定、下属单位逾期情况，以及一周内已认定的数据，按考核分列；另列本人可以决定的他人提请。不写 --assessment 为账本中的全部考核。可作信件正文，也可输出 JSON。"},
     {"baton digest city.db --person chen.li",
      "baton digest city.db --person chen.li"}},
    {"doctor", cmd_doctor, "LEDGER", 1, 1, doctor_options,
     {"look whether a ledger stands on sound ground", "检查账本的运行条件"},
     {"Looks at what a ledger stands on: the store's settings and schema, the key and whether it is the one in force, who appends, the newest head, the disk, the clock; with --config also the configuration of its server: files, certificate, addresses, limits. A line each, good or not.\n\n"
      "Ends with 0 where all is good, 1 where something is not. Whether the facts themselves are what they were: `baton verify`.",
      "检查账本的运行条件：存储参数和结构版本、密钥是否为现用密钥、何人正在写入、最新签名摘要、磁盘、系统时间；加 --config 时另检查服务的配置：文件、证书、地址、限额。逐项列明正常或异常。\n\n"
      "全部正常时退出状态为 0，有异常为 1。事实本身是否完好请用 `baton verify` 核验。"},
     {"baton doctor city.db\nbaton doctor city.db --format json\nbaton doctor city.db --config /etc/baton/city.yaml",
      "baton doctor city.db\nbaton doctor city.db --format json\nbaton doctor city.db --config /etc/baton/city.yaml"}},
    {"evidence", cmd_evidence, "LEDGER", 1, 1, evidence_options,
     {"list evidence, bring it in, read it, erase it after its term", "查看、上传、读取佐证，提请删除保管期满的佐证"},
     {"Lists the files that were brought in as evidence, the newest first: which facts in force name each, who brought it in, until when it is kept. --unit, --period and --indicator list what facts of these name, --unnamed what none names, --past-term that whose term of retention is over.\n\n"
      "--add brings a file in: its type is told by its content, and has to go with its name; figures name it by its digest. --get writes one to --output, held to its digest.\n\n"
      "A file is kept for the term that the office has said, from the end of the year of the youngest fact that names it (`baton correct LEDGER --add --kind term evidence term=10y --propose`); else for 30 years. Nothing is erased by one hand: --past-term --propose proposes it of all whose term is over, --erase of one; `baton decide` decides. --early asks for less than the term, with a reason, of the committee.",
      "列出已上传的佐证，新的在前：引用它的现行数据、上传人和保管期限。--unit、--period、--indicator 列出相应数据所引用的，--unnamed 列出无数据引用的，--past-term 列出保管期满的。\n\n"
      "--add 上传文件：类型按内容识别，须与文件名相符；数据以摘要引用。--get 按摘要核对后写到 --output。\n\n"
      "保管期限由考核办提请规定（`baton correct 账本 --add --kind term evidence term=10y --propose`），自引用它的最近数据所在年度末起算；未规定的为 30 年。删除须由两人办理：--past-term --propose 提请删除全部期满的，--erase 提请删除一件，由 `baton decide` 决定。--early 提前删除，须写明理由，由考核委员会决定。"},
     {"baton evidence city.db --unit yunhu --period 2021-08\n"
      "baton evidence city.db --add 函.pdf --as zhao.qing\n"
      "baton evidence city.db --get 213fccc20fbf055f -o 函.pdf\n"
      "baton evidence city.db --past-term --propose --reason 期满 --as li.wei",
      "baton evidence city.db --unit yunhu --period 2021-08\n"
      "baton evidence city.db --add 函.pdf --as zhao.qing\n"
      "baton evidence city.db --get 213fccc20fbf055f -o 函.pdf\n"
      "baton evidence city.db --past-term --propose --reason 期满 --as li.wei"}},
    {"expected", cmd_expected, "LEDGER PERIOD", 2, 2, expected_options,
     {"tell what is expected in a period, and what is missing", "查看一个周期应报、缺报的数据"},
     {"Lists the figures that the scheme asks for in PERIOD, by the unit that reports them: what has become of each, when it is due, who verifies it. The scheme alone says what is expected: nothing is typed twice.\n\n"
      "A figure is `given`, or not applicable (`na`), or said not to be due (`pending`); else it is `not_due` yet (the period is not open), `awaited` (it is), or `missing` (none comes in any more); `derived` is one that comes from another assessment, and that nobody is asked for (`baton help share`). --state lists those of one state, or `all`. "
      "Without an opened period nothing is missing: see `baton help calendar`.\n\n"
      "Ends with 1 where figures are missing, else with 0.",
      "按报送单位列出方案在 PERIOD 内要求的数据：每项的状态、截止时间和审核单位。应报内容由方案直接得出，无须另行登记。\n\n"
      "状态为已报（`given`）、不适用（`na`）、暂不出数（`pending`）；没有数据的，周期未开放为未到期（`not_due`），开放期间为待报（`awaited`），截止后为缺报（`missing`）；取自其他考核、无须填报的为共享取数（`derived`，见 `baton help share`）。--state 仅列一种状态，`all` 为全部。周期未开放时不算缺报，见 `baton help calendar`。\n\n"
      "有缺报时退出状态为 1，否则为 0。"},
     {"baton expected city.db 2021-08\n"
      "baton expected city.db 2021-08 --state missing\n"
      "baton expected city.db 2021-Q3 --reporter statistics --format csv",
      "baton expected city.db 2021-08\n"
      "baton expected city.db 2021-08 --state missing\n"
      "baton expected city.db 2021-Q3 --reporter statistics --format csv"}},
    {"explain", cmd_explain, "[PACKAGE]", 0, 1, explain_options,
     {"show how a score came about", "说明得分的由来"},
     {"Prints the derivation of a unit's score as a tree: the clause, the formula with its names replaced by values, each value "
      "with the file and row that it came from, the cohort's bounds and who set them, weights before and after redistribution, "
      "rounding.\n\n"
      "With --ledger each value has the fact that it came from instead: its number, who reported it and when, who verified it, what it corrected and why, the beginning of its receipt.",
      "以树状列出考核对象得分的由来：条款，代入数值的公式，每个数值的来源文件和行，比较范围的上下限及其设定者，分摊前后的权重，取舍。\n\n"
      "加 --ledger 时，每个数值注明来自账本中的哪一号：何人何时填报、何人审核、更正了哪一号及其理由、回执的前几位。"},
     {"baton explain examples/city --unit yunhu                      the total\n"
      "baton explain examples/city --unit yunhu --node gdp_growth    one indicator\n"
      "baton explain --ledger city.db --unit yunhu                   who reported what",
      "baton explain examples/city --unit yunhu                      总分\n"
      "baton explain examples/city --unit yunhu --node gdp_growth    某项指标\n"
      "baton explain --ledger city.db --unit yunhu                   数据由何人填报"}},
    {"export", cmd_export, "LEDGER", 1, 1, export_options,
     {"write an assessment of a ledger as a package", "将账本中的考核导出为考核包"},
     {"Writes an assessment of LEDGER as a package: an archive where OUT ends with .zip, a workbook where it ends with .xlsx, else a folder. The packages that it reads are written beside. "
      "It scores to the same bytes, and brought into a ledger again nothing is new.\n\n"
      "--known writes what was known on an earlier day, --period the version of the scheme that is in force for a period.",
      "将账本 LEDGER 中的一项考核写成考核包：OUT 以 .zip 结尾的为压缩包，以 .xlsx 结尾的为工作簿，其余为文件夹；所引用的其他考核包写在旁边。计分结果逐字节相同，再次导入不会有任何新内容。\n\n"
      "--known 输出以往某日已知的内容，--period 采用该周期生效的方案版本。"},
     {"baton export city.db --assessment yunlan-2021 -o out/city\n"
      "baton export city.db --assessment yunlan-2021 --known 2021-08-27 -o august.zip",
      "baton export city.db --assessment yunlan-2021 -o out/city\n"
      "baton export city.db --assessment yunlan-2021 --known 2021-08-27 -o august.zip"}},
    {"fill", cmd_fill, "LEDGER FILE", 2, 2, fill_options,
     {"bring in a form that was filled in", "上传已填写的填报表"},
     {"Reads FILE, a form that `baton form` made and somebody filled in (a workbook or CSV, in UTF-8 or GB18030), and makes drafts of its rows: all of them or none. Rows left empty are left alone, and so are rows that say what is there already. "
      "Whatever is wrong is told for each row, with sheet, row and cell.\n\n"
      "Where somebody else has gone on meanwhile, that is told too, and nothing is stored: --beside OUT writes the form once more with what was typed and, beside it, what is there; sent as it is, one's own figures hold. --over says that it has been seen.\n\n"
      "With --mapping an office's own sheet is read by that mapping of the assessment. --trial only looks.",
      "读取 `baton form` 生成并已填写的填报表 FILE（工作簿，或 UTF-8、GB18030 的 CSV），各行成为草稿，全部采用或全不采用。未填的行和与现有内容相同的行不作处理。有误之处逐行指出工作表、行和单元格。\n\n"
      "其间已由他人办理的也会指出，且不入账：--beside OUT 另存一份表，保留所填内容并列出现有内容，原样上传即以所填为准。--over 表示已看过现有内容。\n\n"
      "加 --mapping 时按考核的该对照表读取本单位自有表格。--trial 只检查不入账。"},
     {"baton fill city.db form.xlsx --as chen.li\n"
      "baton fill city.db form.xlsx --as chen.li --beside both.xlsx\n"
      "baton fill city.db 月报.xlsx --mapping monthly --period 2021-08 --as chen.li",
      "baton fill city.db form.xlsx --as chen.li\n"
      "baton fill city.db form.xlsx --as chen.li --beside both.xlsx\n"
      "baton fill city.db 月报.xlsx --mapping monthly --period 2021-08 --as chen.li"}},
    {"form", cmd_form, "LEDGER PERIOD", 2, 2, form_options,
     {"make a form of what a unit has to report", "生成一个单位的填报表"},
     {"Writes a form for PERIOD: a row for each figure that --reporter still has to report, with what is known of it. As a workbook (--output FILE.xlsx) the cells to be filled in are open and coloured, all others shut; there are lists of codes, a row that counts, and a sheet that explains. "
      "Else it is CSV in UTF-8. `baton fill` brings it in again. With --all the figures that are out of the unit's hands are in it too, shut; with --unit only those of one unit.",
      "生成 PERIOD 的填报表：--reporter 尚须报送的每项数据一行，附已知内容。写成工作簿（--output FILE.xlsx）时，待填单元格有底色，其余锁定，并附代码列表、核对行和填报说明；否则为 UTF-8 的 CSV。填好后用 `baton fill` 上传。--all 包括已报出的数据（锁定），--unit 仅一个对象。"},
     {"baton form city.db 2021-08 --reporter statistics -o form.xlsx\n"
      "baton form city.db 2021-08 --reporter statistics --unit yunhu",
      "baton form city.db 2021-08 --reporter statistics -o form.xlsx\n"
      "baton form city.db 2021-08 --reporter statistics --unit yunhu"}},
    {"help", cmd_help, "[COMMAND | codes | config]", 0, 1, help_options,
     {"list the commands, or explain one", "列出命令，或说明某个命令"},
     {"Without COMMAND lists the commands; with it explains that one. Man pages and completion for shells are made from the same "
      "table. `codes` lists every message with its number, and what to do about it; `config` prints the configuration of `baton serve` with every setting.",
      "不写 COMMAND 时列出全部命令，写明时说明该命令。手册页和自动补全脚本也由同一张表生成。codes 按编号列出全部提示及改正办法；config 输出 `baton serve` 的配置文件，含全部设置项。"},
     {"baton help score                      about a command\n"
      "baton help codes                      what every message means\n"
      "baton help config > baton.yaml        a configuration to begin with\n"
      "baton help --man score | man -l -     as a man page\n"
      "source <(baton help --completion bash)    complete in this shell",
      "baton help score                      说明某个命令\n"
      "baton help codes                      列出全部提示\n"
      "baton help config > baton.yaml        生成配置文件\n"
      "baton help --man score | man -l -     以手册页显示\n"
      "source <(baton help --completion bash)    在当前命令行启用自动补全"}},
    {"import", cmd_import, "LEDGER PACKAGE", 2, 2, import_options,
     {"bring a package into a ledger", "将考核包导入账本"},
     {"Brings the assessment package PACKAGE, a folder, a .zip of it or a workbook (.xlsx), into LEDGER: each row of its tables becomes a fact, said by whoever is named by --as; "
      "the files of its scheme become a version of it; packages that it reads come with it, each as an assessment of its own. All of it or nothing.\n\n"
      "Brought in again, what is the same is passed over and what is new is added. What differs is refused, row by row with both values, unless --correct is given. "
      "A scheme that differs is only proposed, and somebody else decides on it: `baton decide`.",
      "将考核包 PACKAGE（文件夹、.zip 压缩包或 .xlsx 工作簿）导入账本 LEDGER：各表每行成为一条事实，由 --as 指明的人员负责；方案文件成为一个方案版本；"
      "所引用的其他考核包一并导入，各为一项考核。要么全部导入，要么不作改动。\n\n"
      "再次导入时，相同的跳过，新的追加；不同的逐行列出两个数值并予以拒绝，除非加 --correct。方案有不同的只作提请，由他人用 `baton decide` 决定。"},
     {"baton import city.db examples/city --as li.wei\n"
      "baton import city.db city.xlsx --as li.wei --correct --reason 年报修订",
      "baton import city.db examples/city --as li.wei\n"
      "baton import city.db city.xlsx --as li.wei --correct --reason 年报修订"}},
    {"import-sheet", cmd_import_sheet, "FILE", 1, 1, import_sheet_options,
     {"read figures out of an office's own sheet", "从各部门的报表中读取数据"},
     {"Reads the workbook (.xlsx) or CSV FILE, as an office keeps it, by a mapping, and writes its figures as rows of observations.csv, each with the cell that "
      "it came from in the column x_origin. A mapping says where unit, element and period stand, what the names there mean, what the figures are "
      "multiplied by, and which ways of writing numbers are permitted; it is mappings/NAME.yaml of the package or a file of its own.\n\n"
      "Nothing is guessed: a unit or period that the mapping does not know, an element that the sheet no longer has, a figure that is no number are errors, and then "
      "nothing is written. Rows and columns that no rule speaks of are named at the end.\n\n"
      "With --add the rows are put into the package's folder. A figure that is there with another value is an error unless --replace is given; equal ones are "
      "passed over, and other rows keep their bytes.\n\n"
      "With --package each figure is compared with those of other periods: one of another order of magnitude asks whether the unit of measurement is right. --guess proposes a mapping from "
      "the sheet and the scheme: what is sure, with a comment that says why, and in comments what is not. Confirm it, then import with it.",
      "按对照表读取各部门自用的工作簿（.xlsx）或 CSV 文件 FILE，输出 observations.csv 格式的数据，每个数据在 x_origin 列注明来源单元格。对照表写明考核对象、数据项、"
      "周期取自何处，各名称的含义，数值的换算系数，以及允许哪些数字写法；它是考核包中的 mappings/名称.yaml，或单独的文件。\n\n"
      "不作任何猜测：对照表不认识的对象或周期、表中不再有的数据项、不是数的数据，都是错误，此时不输出任何数据。没有规则涉及的行和列在最后列出。\n\n"
      "加 --add 时把数据写入考核包文件夹。已有而数值不同的为错误，除非加 --replace；相同的跳过，其他行逐字节保留。\n\n"
      "给出 --package 时，每个数据都与其他周期比较，相差一个或几个数量级的提示核对计量单位。--guess 根据报表和考核方案推测对照表：能确定的写明依据，不能确定的写在注释中。"
      "核对后再用它导入。"},
     {"baton import-sheet 月报.xlsx --mapping monthly --package examples/city    as CSV\n"
      "baton import-sheet 月报.csv --mapping ./monthly.yaml --period 2021-08     without a package\n"
      "baton import-sheet 月报.xlsx --mapping monthly --package city --add       into the package\n"
      "baton import-sheet 月报.xlsx --guess --package city -o monthly.yaml        a mapping to be confirmed",
      "baton import-sheet 月报.xlsx --mapping monthly --package examples/city    输出为 CSV\n"
      "baton import-sheet 月报.csv --mapping ./monthly.yaml --period 2021-08     不用考核包\n"
      "baton import-sheet 月报.xlsx --mapping monthly --package city --add       写入考核包\n"
      "baton import-sheet 月报.xlsx --guess --package city -o monthly.yaml        推测对照表，供核对"}},
    {"init", cmd_init, "LEDGER", 1, 1, init_options,
     {"begin a ledger", "建立账本"},
     {"Begins a ledger: the facts of assessments, each with who said it and when, nothing ever changed in place, every batch signed. LEDGER is the path of a database "
      "(SQLite), or the address of a server (postgres://USER@HOST/DATABASE). Every command of ledgers names it first.\n\n"
      "The key that signs is made in a file of its own, LEDGER.key unless --key says otherwise: keep a copy elsewhere. Whoever begins the ledger is its first person, with the role office, and may "
      "do what administrators do until there are some: `baton user`.",
      "建立账本：考核事实逐条入账，写明何人何时填报，从不就地改动，每批签名。LEDGER 为数据库文件路径（SQLite），或服务器地址（postgres://用户@主机/数据库）。"
      "凡账本命令，首先写明账本。\n\n"
      "签名密钥存放在单独的文件中，不写 --key 时为 LEDGER.key，请另存备份。建立者为首位人员，角色为考核办（office），在设立管理员之前可代行其职，见 `baton user`。"},
     {"baton init city.db --as li.wei --name 李伟 --from examples/city\n"
      "baton init city.db --as li.wei --name 李伟 --digest sm3 --signature sm2\n"
      "baton init postgres://baton@db/city --id city --key city.key --as li.wei --name 李伟",
      "baton init city.db --as li.wei --name 李伟 --from examples/city\n"
      "baton init city.db --as li.wei --name 李伟 --digest sm3 --signature sm2\n"
      "baton init postgres://baton@db/city --id city --key city.key --as li.wei --name 李伟"}},
    {"key", cmd_key, "LEDGER", 1, 1, key_options,
     {"list the keys of a ledger, give out the public one, change it", "列出账本的密钥，公布公钥，更换密钥"},
     {"Lists the keys that ever signed the ledger, with the digests of their public keys; -o writes the public key in force to a file, for those who check receipts.\n\n"
      "--new changes the key: the old and the new one both sign the fact that says so. It needs the old key (--key), a person with the role system_admin, and a reason.",
      "列出曾为本账本签名的密钥及其公钥摘要；-o 将现用公钥写入文件，供核验回执者使用。\n\n"
      "--new 更换密钥：由新旧两把密钥共同签名入账。须有旧密钥（--key）、具有 system_admin 角色的经办人，并写明理由。"},
     {"baton key city.db\n"
      "baton key city.db -o city.pub\n"
      "baton key city.db --new 2022.key --reason 年度更换 --as li.wei",
      "baton key city.db\n"
      "baton key city.db -o city.pub\n"
      "baton key city.db --new 2022.key --reason 年度更换 --as li.wei"}},
    {"log", cmd_log, "LEDGER [KEY...]", 1, 6, log_options,
     {"list what was said, newest first; or all revisions of one figure", "列出入账内容；或某项数据的历次修订"},
     {"Lists the facts of a ledger, newest first: number, time (of China, UTC+8), who, what, why.\n\n"
      "With the key of a row, UNIT ELEMENT PERIOD of a figure, everything that was ever said of it: first, revised, final, and what each revision changed in scores, ranks and grades. Of other kinds: "
      "`--kind target UNIT INDICATOR PERIOD`, `--kind unit ID`, `--kind adjustment N` by the number of any of its facts.",
      "从新到旧列出账本中的事实：编号、时间（北京时间）、经办人、内容、理由。\n\n"
      "写明数据的考核对象、数据项、周期（UNIT ELEMENT PERIOD）时，列出其首报、历次修订和现行值，以及每次修订引起的得分、位次、等次变化。其他类别：`--kind target 对象 指标 周期`、`--kind unit 标识`、"
      "`--kind adjustment 编号`。"},
     {"baton log city.db                                  the newest facts\n"
      "baton log city.db --kind decision --limit 5        the last five decisions\n"
      "baton log city.db yunhu gdp 2021-06                a figure and its revisions",
      "baton log city.db                                  最新入账\n"
      "baton log city.db --kind decision --limit 5        最近五项决定\n"
      "baton log city.db yunhu gdp 2021-06                某项数据及历次修订"}},
    {"matrix", cmd_matrix, "[PACKAGE]", 0, 1, matrix_options,
     {"read a result across: ranks, points lost, shares, lists", "横向分析结果：位次、失分、贡献、榜单"},
     {"Scores the package and shows, by group, each indicator for each unit. --what says which of its numbers: `ranks`, `scores`, "
      "`ratings`, `points`, points `lost` (the weight less the points), `contributions` (shares of the total), or how far the score is "
      "`from-mean` and `from-best` of the group. A CSV has a row for each unit and a column for each indicator; JSON always has "
      "everything.\n\n"
      "`units` sums each unit up: how many of its common and individual indicators are in the upper ratings, where it is first and last, "
      "its strengths and weaknesses, where it lost most points; with --unit all its numbers follow. `indicators` sums up each "
      "indicator: who is first and last, mean, spread, ratings, missing figures. First is whom nobody, and last who surpasses nobody; "
      "ties share the place, and where all are equal there is neither. Strengths (weaknesses) are indicators in the upper (lower) half of the "
      "group, the best (worst) place first; of equal places the one that lost less (more) points.\n\n"
      "`lists` puts three lists side by side: level, the total on a scale of 100 among all groups; class, the rank inside the group; "
      "progress, by how much the total has changed since the result compared with, inside the group.",
      "对考核包计分，按考核类别列出各对象各项指标的情况。--what 指定内容：位次（ranks）、得分（scores）、评价（ratings）、分值（points）、失分（lost，权重减分值）、"
      "对总分的贡献（contributions，占总分的比重）、得分与同类平均分之差（from-mean）、与同类最高分之差（from-best）。CSV 每个对象一行，每项指标一列；JSON 总是输出全部内容。\n\n"
      "units 逐个小结考核对象：共性、个性指标中评价居前档的项数，列第一位和末位的指标，优势、弱势指标，失分最多的指标；写明 --unit 时附该对象的全部数值。"
      "indicators 逐项小结指标：第一位、末位、平均、离散程度、评价分布、缺报情况。列第一位、列末位含并列，不含各对象得分相同的指标。优势（弱势）指标为在同类中位次居前（居后）的"
      "指标，从最前（最后）列起，位次相同的，失分少（多）的在前。\n\n"
      "lists 并列三张榜：水平榜，总分折算为百分制，在全部类别中排列；分类榜，在本类别中的位次；进步榜，总分与所比结果相比的增减，在本类别中排列。"},
     {"baton matrix examples/city --group district           ranks of each indicator\n"
      "baton matrix examples/city --what units --unit yunhu  a unit's report card\n"
      "baton matrix examples/city --what lost --format csv --names -o lost.csv",
      "baton matrix examples/city --group district           各指标位次\n"
      "baton matrix examples/city --what units --unit yunhu  某个对象的成绩单\n"
      "baton matrix examples/city --what lost --format csv --names -o lost.csv"}},
    {"methods", cmd_methods, "[NAME]...", 0, OPERANDS_MAX, methods_options,
     {"list the scoring methods and the functions of rules", "列出评分方法和规则函数"},
     {"Lists every kind of method and every function and name of the rule language; with NAME explains these: formula, parameters "
      "and their defaults, source, example.",
      "列出全部评分方法种类以及规则语言的全部函数和名称；写明 NAME 时逐一说明：公式、参数及默认值、来源、示例。"},
     {"baton methods                         everything on a line each\n"
      "baton methods range yoy               a method and a function in full",
      "baton methods                         逐行列出\n"
      "baton methods range yoy               详细说明一种方法和一个函数"}},
    {"rebuild", cmd_rebuild, "LEDGER", 1, 1, rebuild_options,
     {"make the tables of a ledger again from its journal", "根据流水重建账本的各表"},
     {"Works out from the journal what the tables have to say, and compares: where something differs they are made again, in one transaction. The journal itself is never touched, and has to be sound: see `baton verify`.",
      "根据流水推算各表应有的内容并作比较，有不符时在一个事务中重建。流水本身从不改动，且必须完好，见 `baton verify`。"},
     {"baton rebuild city.db", "baton rebuild city.db"}},
    {"register", cmd_register, "LEDGER", 1, 1, register_options,
     {"list every figure that is asked for, and what is asked twice", "查看要求报送的全部数据，找出重复填报的"},
     {"Lists every figure that the assessments of a ledger ask: of which unit, who reports it, how often, which department asks; whether it comes from another assessment, or is on no list of its level (`baton help correct`, kind permitted).\n\n"
      "With --twice: what seems to be asked twice of the same units: by id, name, numbers or source, surest first, with the command that shares it. Ends with 1 where there is any that is not shared.\n\n"
      "With --assessments: what departments have registered for --year, against their limits, and what runs without. Ends with 1 where any is not registered, or beyond the limit.",
      "列出账本中各项考核要求报送的全部数据：对象、报送单位、周期、需求部门，以及是否取自其他考核、是否在该层级事项清单之外。\n\n"
      "加 --twice 时列出疑似要求同一单位重复填报的数据（标识、名称、数值或来源相同），按把握大小排列，并给出共享所用的命令；有尚未共享的，退出状态为 1。\n\n"
      "加 --assessments 时列出 --year 各部门备案的考核、限额以及未备案的考核；有未备案或超限额的，退出状态为 1。"},
     {"baton register city.db --level 街道\nbaton register city.db --twice\nbaton register city.db --assessments --year 2021",
      "baton register city.db --level 街道\nbaton register city.db --twice\nbaton register city.db --assessments --year 2021"}},
    {"restore", cmd_restore, "FILE LEDGER", 2, 2, restore_options,
     {"make a ledger of a backup", "从备份恢复账本"},
     {"Makes a ledger of FILE, which `baton backup` wrote, in LEDGER, a database of either kind: so a ledger also moves from one store to another. FILE is verified before, the ledger afterwards. A database that has that ledger already is not touched.",
      "用 `baton backup` 写出的 FILE 在 LEDGER 中恢复账本，两种数据库均可，因此也可用于更换存储方式。恢复之前核验文件，之后核验账本。数据库中已有该账本时不作改动。"},
     {"baton restore city-2021-08-27.journal city.db\n"
      "baton restore city-2021-08-27.journal postgres://baton@db/city",
      "baton restore city-2021-08-27.journal city.db\n"
      "baton restore city-2021-08-27.journal postgres://baton@db/city"}},
    {"scheme", cmd_scheme, "print PACKAGE", 2, 2, scheme_options,
     {"print a scheme as the annex of a notice", "将考核方案输出为通知附件"},
     {"Prints what a scheme says, in words: units and periods, the indicators of each group and their points with weights.csv put in, how each "
      "figure is made and who answers for it, methods as formulas with their parameters, bands as tables, expressions read out "
      "beside what is written, missing figures, adjustments, vetoes and gates, ranks, ratings, grades and quotas, awards, and the indicators "
      "of each clause.\n\n"
      "Nothing is scored: a scheme can be printed before there is a figure.",
      "用文字说明考核方案的全部规定：考核对象和周期，各类别的指标及分值（已计入 weights.csv），数据口径和责任部门，代入参数的计分公式，分档表，"
      "表达式的文字说明及原式，缺失处理，加减分、一票否决和底线指标，排名、评价、等次和名额，奖项，以及各条款对应的指标。\n\n"
      "不进行计分，没有数据时也可以输出。"},
     {"baton scheme print examples/city                        in the terminal\n"
      "baton scheme print examples/city --format html -o annex.html    to print or publish\n"
      "baton scheme print examples/city --group zone --clauses --format markdown",
      "baton scheme print examples/city                        在终端显示\n"
      "baton scheme print examples/city --format html -o annex.html    用于打印或发布\n"
      "baton scheme print examples/city --group zone --clauses --format markdown"}},
    {"score", cmd_score, "[PACKAGE]", 0, 1, score_options,
     {"score and rank the units of a package", "计算得分并排名"},
     {"Scores the assessment package PACKAGE, a folder, a .zip of it or a workbook (.xlsx), and prints a league table of each group: rank and its change, total, "
      "grade, the score of each block, how many indicators are in each rating, what is worth knowing, awards. With --format csv or "
      "json every unit and indicator has a row.\n\n"
      "A package that is not sound is not scored: what is wrong is listed, and the command ends with 2.\n\n"
      "With --ledger it scores an assessment of a ledger, as it is now or as known on an earlier day (--known), by the version of its scheme that is in force for the period.",
      "对考核包 PACKAGE（文件夹、.zip 压缩包或 .xlsx 工作簿）计分，按考核类别输出排名表：名次及升降、总分、等次、各板块得分、各评价档次的指标数、需要说明的事项、"
      "奖项。--format csv 或 json 时，每个考核对象的每项指标各占一行。\n\n"
      "不符合要求的考核包不予计分：列出问题，退出状态为 2。\n\n"
      "加 --ledger 时对账本中的考核计分，按现行内容或以往某日已知的内容（--known），适用该周期生效的方案版本。"},
     {"baton score examples/city                           the league tables\n"
      "baton score examples/city --group district --top 3  the best three districts\n"
      "baton score examples/city --period 2021-06 --format csv -o june.csv\n"
      "baton score --ledger city.db --known 2021-08-27     as known on that day",
      "baton score examples/city                           排名表\n"
      "baton score examples/city --group district --top 3  前三名市（县）区\n"
      "baton score examples/city --period 2021-06 --format csv -o june.csv\n"
      "baton score --ledger city.db --known 2021-08-27     按当日已知的内容"}},
    {"serve", cmd_serve, "LEDGER", 1, 1, serve_options,
     {"serve a ledger over HTTP", "以 HTTP 提供账本服务"},
     {"Opens LEDGER for appending and answers requests until it is interrupted: results, explanations and the journal as JSON, CSV and workbooks under /api/v1, which /api/v1/openapi.json "
      "describes. Prints its address. Who may sign in is said by `baton account`, what they may do by `baton user`.\n\n"
      "Addresses, TLS, limits, logs and the rest stand in a configuration; `baton help config` prints one. SIGTERM ends it, SIGHUP opens its log anew and takes a new certificate. See docs/operation.md.",
      "打开 LEDGER 并应答请求，直至中断：/api/v1 下以 JSON、CSV 和工作簿提供结果、得分说明和流水，接口说明见 /api/v1/openapi.json。启动后显示地址。何人可以登录由 `baton account` 管理，可办何事由 `baton user` 登记。\n\n"
      "监听地址、TLS、限流、日志等写在配置文件中，`baton help config` 可输出一份。SIGTERM 结束服务，SIGHUP 重新打开日志并换用新证书。见 docs/operation.zh-CN.md。"},
     {"baton serve city.db\n"
      "baton serve city.db --listen 127.0.0.1:9000\n"
      "baton serve city.db --config /etc/baton/city.yaml",
      "baton serve city.db\n"
      "baton serve city.db --listen 127.0.0.1:9000\n"
      "baton serve city.db --config /etc/baton/city.yaml"}},
    {"share", cmd_share, "LEDGER", 1, 1, share_options,
     {"list figures shared with other assessments, or take them over", "查看并同步取自其他考核的数据"},
     {"Lists the figures that one assessment takes over from another, and how many of them have not been said yet as their sources say them. With --fill they are: new ones, corrections, withdrawals, each once, in the name of whoever said the source. A running server does so by itself, and `collect`, `correct` and `decide` do with what they store.\n\n"
      "Which figure is taken over is proposed and decided: `baton correct --add --kind sharing ELEMENT from=ASSESSMENT from_element=ELEMENT --propose`; `baton register --twice` finds them. What is locked follows only a source that two have decided.",
      "列出取自其他考核的数据，以及其中尚未按来源同步的项数。加 --fill 时予以同步（新增、更正、撤销），每项一次，以来源填报人的名义入账。服务运行时自动同步，`collect`、`correct`、`decide` 写入的也随即同步。\n\n"
      "共享关系须提请并决定：`baton correct --add --kind sharing 数据项 from=考核 from_element=数据项 --propose`；可用 `baton register --twice` 查找。已锁定的数据，仅在来源经两人决定时同步。"},
     {"baton share city.db\nbaton share city.db --fill",
      "baton share city.db\nbaton share city.db --fill"}},
    {"show", cmd_show, "LEDGER [N]", 1, 2, show_options,
     {"show a fact with its receipt, a head, a table as once known", "查看某一事实及回执、签名摘要、某日的表"},
     {"Shows the fact no. N with everything that it says: who, when, why, contents, evidence, what it corrects and what corrects it. --receipt writes its receipt, which anyone can check without the "
      "ledger: `baton verify --receipt`. --content writes a content of it, such as evidence.\n\n"
      "--head writes the newest head: kept elsewhere, it holds the ledger to its word (`baton verify --since`). --table prints a table as it was in force, also as known on an earlier day (--known).",
      "查看第 N 号事实的全部内容：何人、何时、理由、内容、佐证，更正了哪一号，又被哪一号更正。--receipt 输出回执，任何人无须账本即可核验（`baton verify --receipt`）。"
      "--content 输出其中的内容，如佐证材料。\n\n"
      "--head 输出最新的签名摘要，另处留存后可据以核验账本未被改写（`baton verify --since`）。--table 输出现行的表，也可按以往某日已知的内容输出（--known）。"},
     {"baton show city.db 812                              a fact\n"
      "baton show city.db 812 --receipt -o 812.receipt     its receipt\n"
      "baton show city.db --head -o city.head              to be kept elsewhere\n"
      "baton show city.db --table observations --assessment yunlan-2021 --known 2021-08-27 --format csv",
      "baton show city.db 812                              某一事实\n"
      "baton show city.db 812 --receipt -o 812.receipt     其回执\n"
      "baton show city.db --head -o city.head              供另处留存\n"
      "baton show city.db --table observations --assessment yunlan-2021 --known 2021-08-27 --format csv"}},
    {"stale", cmd_stale, "LEDGER", 1, 1, stale_options,
     {"find posts and accounts that are not fit for what will be due", "检查应报数据涉及的岗位和账号"},
     {"Lists, for the figures that the scheme expects, posts that nobody holds, and holders who have no account, have never signed in or not for --days days, whose post ends within 30 days with nobody to follow, or whose program's token runs out. Ends with 0 in either case.",
      "就方案应报数据涉及的岗位，列出：岗位空缺；任职人员没有账号、从未登录、--days 天未登录；任职 30 天内到期且无人接任；程序所用令牌将到期。无论有无均以 0 退出。"},
     {"baton stale city.db --days 30",
      "baton stale city.db --days 30"}},
    {"user", cmd_user, "LEDGER add|end|handover|list [ID [ROLE [ID]]]", 2, 5, user_options,
     {"say who is who in a ledger, with which roles", "登记账本中的人员和角色"},
     {"`list` lists the persons and their roles. `add ID` makes a person known (--name) and gives a role (--role), for a unit or department where it is of one (--unit), from a day on (--from). "
      "`end ID ROLE` ends a role with its last day (--to), with a reason. `handover ID ROLE ID` has the same post, with its unit, assessment and indicator, pass from the first person to the second on a day (--from), "
      "with a reason; what the first one proposed stays valid.\n\n"
      "Nothing is taken back: who held which role on which day stays to be seen. A decision takes two persons: `office` proposes, another one of `office` or `committee` decides.",
      "list 列出人员及角色。add ID 登记人员（--name）并授予角色（--role），可写明所属考核对象或部门（--unit）和起始日（--from）。end ID ROLE 写明末日（--to）和理由，"
      "终止该角色。handover ID ROLE ID 自某日（--from）起由后者接任前者的同一任职（所属、考核、指标不变），须写明理由；前者已提请的事项仍然有效。\n\n"
      "从不抹去：何人何日任何角色始终可查。凡须决定的事项须由两人办理：考核办（office）提请，考核办另一人或考核委员会（committee）决定。"},
     {"baton user city.db add wang.min --name 王敏 --role committee --as li.wei\n"
      "baton user city.db end wang.min committee --to 2021-12-31 --reason 调离 --as li.wei\n"
      "baton user city.db list",
      "baton user city.db add wang.min --name 王敏 --role committee --as li.wei\n"
      "baton user city.db end wang.min committee --to 2021-12-31 --reason 调离 --as li.wei\n"
      "baton user city.db list"}},
    {"verify", cmd_verify, "[LEDGER]", 0, 1, verify_options,
     {"verify a ledger, or a receipt without any ledger", "核验账本；或无须账本核验回执"},
     {"Reads the whole ledger again: the store's own check, every entry, the tree, every head and its signature, the tables, contents and evidence, and scores posted results again. The first thing that is wrong is named. With --since "
      "the journal must also extend a head that was kept elsewhere, so that nobody can have rewritten it, not even with the key.\n\n"
      "With --receipt a receipt is checked, with --journal a file that `baton backup` wrote; neither ledger nor network is needed. Ends with 0 where it holds, 1 where it does not.",
      "重新读取整个账本：存储自检，逐条流水、摘要树、逐个签名摘要及其签名、各表、内容和佐证，并重算已公布结果，指出第一处错误。加 --since 时，流水还必须接续另处留存的签名摘要，"
      "即使持有密钥也无法改写。\n\n"
      "加 --receipt 时核验回执，加 --journal 时核验 `baton backup` 写出的文件，均无须账本和网络。核验通过时退出状态为 0，不通过为 1。"},
     {"baton verify city.db\n"
      "baton verify city.db --since city.head\n"
      "baton verify --receipt 812.receipt --key city.pub",
      "baton verify city.db\n"
      "baton verify city.db --since city.head\n"
      "baton verify --receipt 812.receipt --key city.pub"}},
    {"version", cmd_version, "", 0, 0, version_options,
     {"print the version", "显示版本"},
     {"Prints the version of the program and of the package format that it reads.",
      "显示程序版本和所读考核包格式的版本。"},
     {"", ""}},
    {"waiting", cmd_waiting, "LEDGER [PERIOD]...", 1, OPERANDS_MAX, waiting_options,
     {"tell what waits for whom", "查看待办事项：哪些数据轮到谁办"},
     {"Lists every figure of opened periods (or of those that are named) that is expected and not done, by whose turn it is: what is next, how far it is, since when, until when, and the persons who hold such a post today.\n\n"
      "A post that nobody holds is vacant, and so is one whose holders are withdrawn or have no open account (where anybody has one). What waits there falls on the approver of the unit above, else on the office; the approver who drafted a figure does not count as one who can sign it off.\n\n"
      "--role asks for the turn of `office`, `unit` (a clerk), `approver`, `owner` (who verifies) or `all`; --stage for figures that are at `none` yet, or `draft`, `signed`, `submitted`, `returned`, `verified`, `accepted`, or `all`.\n\n"
      "Whoever runs this has the database and sees everything; over HTTP each sees what is theirs.",
      "按轮到谁办列出已开放周期（或所列周期）中尚未办结的应报数据：下一步、当前环节、自何时、时限，以及今日任此职的人员。\n\n"
      "无人任职，或任职人员已撤销、无有效账户（账本有账户时）的岗位为空缺，其待办转由上级单位的审签人办理，没有的转考核办。填报人本人不算可审签的人。\n\n"
      "--role 限定轮到的角色：`office`（考核办）、`unit`（填报人）、`approver`（审签人）、`owner`（审核人），`all` 为全部；--stage 限定环节：`none`（未填报）、`draft`、`signed`、`submitted`、`returned`、`verified`、`accepted`，`all` 为全部。\n\n"
      "能运行本命令者持有数据库，可查看全部；通过 HTTP 时各看各的。"},
     {"baton waiting city.db\n"
      "baton waiting city.db 2021-08 --role approver\n"
      "baton waiting city.db --person chen.li --format csv",
      "baton waiting city.db\n"
      "baton waiting city.db 2021-08 --role approver\n"
      "baton waiting city.db --person chen.li --format csv"}},
};
/* clang-format on */

const struct command *command_list(size_t *count) {
    *count = LENGTH(commands);
    return commands;
}

const struct command *command_find(const char *name) {
    for (size_t i = 0; i < LENGTH(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

const struct option *command_own_options(void) {
    return own_options;
}
