/* Options that several commands have, as entries of their tables. For the files that hold tables of options. */
#ifndef CLI_SHARED_OPTIONS_H
#define CLI_SHARED_OPTIONS_H

#include "cli/options.h"
#include <stddef.h>

/* clang-format off */

#define MEMBER(name) offsetof(struct settings, name)
#define LAST_OPTION {0}

#define OPTION_ALL     {"all", 0, OPTION_FLAG, MEMBER(all), NULL, 0, 0, NULL, \
    {"the whole tree, every value with its origin", "展开全部层级，列出每个数值的来源"}}
#define OPTION_AS_OF   {"as-of", 0, OPTION_DATE, MEMBER(as_of), NULL, 0, 0, "DATE", \
    {"by what was known, ended and due on that day: 2021-08-27", "按该日已结束、已到期、已印发的情况计分：2021-08-27"}}
#define OPTION_AS_OF_MOMENT {"as-of", 0, OPTION_MOMENT, MEMBER(at), NULL, 0, 0, "MOMENT", \
    {"as it is then, by the clocks of China, a day at its end; else now: 2021-09-10, 2021-09-10T17:00", "按北京时间该时刻的情况，只写日期的按当日终了；不写为当前：2021-09-10、2021-09-10T17:00"}}
#define OPTION_COLOR   {"color", 0, OPTION_WORD, MEMBER(color), "auto always never", 0, 0, NULL, \
    {"colour: on a terminal (auto, unless NO_COLOR is set), always, never", "颜色：仅终端（auto，设有 NO_COLOR 时不用）、总是、从不"}}
#define OPTION_CONFIG  {"config", 0, OPTION_TEXT, MEMBER(config), NULL, 0, 0, "FILE", \
    {"the configuration: `baton help config` prints one with every setting", "配置文件；`baton help config` 可输出含全部设置项的文件"}}
#define OPTION_FONT    {"font", 0, OPTION_TEXT, MEMBER(font), NULL, 0, 0, "FONTS", \
    {"of PDF: families of fonts, separated by commas; the first that has a character gives it", "PDF 所用字体，以逗号分隔；每个字取自含有该字的第一种字体"}}
#define OPTION_FORMAT(words, en, zh) {"format", 0, OPTION_WORD, MEMBER(format), words, 0, 0, NULL, {en, zh}}
#define OPTION_HELP    {"help", 'h', OPTION_FLAG, MEMBER(help), NULL, 0, 0, NULL, \
    {"print this help", "显示本帮助"}}
#define OPTION_LANG    {"lang", 0, OPTION_WORD, MEMBER(language), "en zh", 0, 0, NULL, \
    {"language of messages; else that of LC_ALL, LC_MESSAGES or LANG", "提示语言；不写则按 LC_ALL、LC_MESSAGES 或 LANG"}}
#define OPTION_OUTPUT  {"output", 'o', OPTION_TEXT, MEMBER(output), NULL, 0, 0, "FILE", \
    {"write to a file, which appears when it is whole", "写入文件，全部写完后才生成该文件"}}
#define OPTION_PERIOD_ {"period", 0, OPTION_PERIOD, MEMBER(period), NULL, 0, 0, "PERIOD", \
    {"the period scored: 2021, 2021-H1, 2021-Q3, 2021-08, 2021-W35; else the scheme's", "考核周期：2021、2021-H1、2021-Q3、2021-08、2021-W35；不写则按方案"}}
#define OPTION_THREADS {"threads", 0, OPTION_COUNT, MEMBER(threads), NULL, 1, 256, "N", \
    {"at most so many threads; else one a processor. The result is the same", "最多使用的线程数；不写则每个处理器一个。结果不受影响"}}
#define OPTION_WIDTH   {"width", 0, OPTION_COUNT, MEMBER(width), NULL, 60, 1000, "N", \
    {"columns of the output; else those of the terminal, or 100", "输出宽度（半角字符数）；不写则按终端宽度，非终端为 100"}}

/* Options of ledgers. */
#define OPTION_AS      {"as", 0, OPTION_TEXT, MEMBER(as), NULL, 0, 0, "PERSON", \
    {"who acts; else the variable BATON_USER says", "经办人；不写则取环境变量 BATON_USER"}}
#define OPTION_ASSESSMENT {"assessment", 0, OPTION_TEXT, MEMBER(assessment), NULL, 0, 0, "ID", \
    {"which assessment of the ledger; else the one that no other one succeeds or reads", "账本中的哪一项考核；不写则为未被其他考核承接或引用的一项"}}
#define OPTION_KEY     {"key", 0, OPTION_TEXT, MEMBER(key), NULL, 0, 0, "KEY", \
    {"the private key: a file, or a URI such as pkcs11:...; else LEDGER.key", "私钥文件或 URI（如 pkcs11:…）；不写则为 LEDGER.key"}}
#define OPTION_KNOWN   {"known", 0, OPTION_TEXT, MEMBER(known), NULL, 0, 0, "WHEN", \
    {"as known at the end of that day, or with that number as the last: 2021-08-27, 812", "按当日终了时或截至该号时已入账的内容：2021-08-27、812"}}
#define OPTION_LEDGER  {"ledger", 0, OPTION_TEXT, MEMBER(ledger), NULL, 0, 0, "LEDGER", \
    {"of a ledger instead of a package: the file of its database, or postgres://...", "取自账本而不是考核包：数据库文件，或 postgres://…"}}
#define OPTION_LEDGER_ID {"ledger-id", 0, OPTION_TEXT, MEMBER(ledger_id), NULL, 0, 0, "ID", \
    {"which ledger of the database; needed where it has several", "数据库中的哪一个账本；有多个时必填"}}
#define OPTION_PROPOSE {"propose", 0, OPTION_FLAG, MEMBER(propose), NULL, 0, 0, NULL, \
    {"only propose it; somebody else decides", "只作提请，由他人决定"}}
#define OPTION_REASON  {"reason", 0, OPTION_TEXT, MEMBER(reason), NULL, 0, 0, "TEXT", \
    {"why", "理由"}}
#define OPTION_WAIT    {"wait", 0, OPTION_COUNT, MEMBER(wait), NULL, 0, 3600, "SECONDS", \
    {"wait so long for another process that appends; else 10", "另一进程正在写入时最多等待的秒数；不写为 10"}}

/* What is asked of whom (burden, register, and what is collected). */
#define OPTION_ASKED_BY_ASSESSMENT {"assessment", 0, OPTION_TEXT, MEMBER(assessment), NULL, 0, 0, "ID", \
    {"only what this assessment asks; else all of the ledger", "仅该项考核；不写为账本中的全部考核"}}
#define OPTION_ASKED_BY_DEPARTMENT {"department", 0, OPTION_TEXT, MEMBER(department), NULL, 0, 0, "UNIT", \
    {"only what this department asks", "仅该部门要求报送的"}}
#define OPTION_ASKED_OF_LEVEL {"level", 0, OPTION_TEXT, MEMBER(level_name), NULL, 0, 0, "LEVEL", \
    {"only what units of this level report: a kind of units.csv", "仅该层级（units.csv 的 kind）单位报送的"}}
#define OPTION_ELEMENT {"element", 0, OPTION_TEXT, MEMBER(element), NULL, 0, 0, "ELEMENT", \
    {"only this figure", "仅该数据项"}}
#define OPTION_REPORTER {"reporter", 0, OPTION_TEXT, MEMBER(reporter), NULL, 0, 0, "UNIT", \
    {"only what this unit reports, of itself or of others", "仅由该单位报送的数据（本单位或其他对象的）"}}
#define OPTION_UNIT_OF_FIGURES {"unit", 0, OPTION_TEXT, MEMBER(unit), NULL, 0, 0, "UNIT", \
    {"only the figures of this unit", "仅该对象的数据"}}
#define OPTION_YEAR {"year", 0, OPTION_COUNT, MEMBER(year), NULL, BATON_YEAR_FIRST, BATON_YEAR_LAST, "YEAR", \
    {"of which year; else this one", "年度；不写为今年"}}

/* clang-format on */

#endif
