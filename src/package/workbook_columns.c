/* One table of all columns. The words are those by which the readers of tables know them. */
#include "package/workbook_columns.h"
#include "base/macros.h"
#include "package/indicators_internal.h"
#include "package/observations.h"
#include <string.h>

#define NONE CONTENT_TEXT, NULL
#define NUMBER CONTENT_NUMBER, NULL
#define OF(sheet) CONTENT_ID, sheet
enum { NO_WORDS = -1 };

static const struct entry {
    const char *table, *name;
    enum workbook_content content;
    const char *of;
    int words; /* a column of indicators.csv, whose words these are */
    const char *zh, *en;
} entries[] = {
    // clang-format off
    {"scheme", "key", NONE, NO_WORDS, "键，各段用点分隔；列表各项从 1 编号", "the key, with points; items of lists are numbered from 1"},
    {"scheme", "value", NONE, NO_WORDS, "值；[ 或 { 开头的为列表或对照表", "the value; what begins with [ or { is a list or table"},
    {"scheme", "x_comment", NONE, NO_WORDS, "说明，不影响计分", "remarks, which change no score"},
    {"mappings", "mapping", NONE, NO_WORDS, "对照表的名称", "the mapping's name"},
    {"mappings", "key", NONE, NO_WORDS, "键，各段用点分隔", "the key, with points"},
    {"mappings", "value", NONE, NO_WORDS, "值", "the value"},
    {"mappings", "x_comment", NONE, NO_WORDS, "说明", "remarks"},
    {"documents", "document", NONE, NO_WORDS, "政策文件的名称", "the document's name"},
    {"documents", "text", NONE, NO_WORDS, "文件的一行", "a line of it"},
    {"units", "id", NONE, NO_WORDS, "考核对象的标识，不重复", "the unit's id, each only once"},
    {"units", "name", NONE, NO_WORDS, "名称", "its name"},
    {"units", "name_en", NONE, NO_WORDS, "英文名称", "its name in English"},
    {"units", "group", OF("groups"), NO_WORDS, "考核类别；不参评的留空", "its group; empty: not ranked"},
    {"units", "parent", OF("units"), NO_WORDS, "上级对象", "the unit above it"},
    {"units", "kind", NONE, NO_WORDS, "类型，只供查看", "what it is, to be read by people"},
    {"units", "order", NUMBER, NO_WORDS, "建制顺序", "the official order"},
    {"units", "joined", NONE, NO_WORDS, "起始周期（含）", "the first period, included"},
    {"units", "left", NONE, NO_WORDS, "终止周期（含）", "the last period, included"},
    {"indicators", "id", NONE, NO_WORDS, "指标的标识，不重复", "the indicator's id, each only once"},
    {"indicators", "name", NONE, NO_WORDS, "名称", "its name"},
    {"indicators", "name_en", NONE, NO_WORDS, "英文名称", "its name in English"},
    {"indicators", "parent", OF("indicators"), NO_WORDS, "上级指标；一级指标留空", "the one above it; empty at the top"},
    {"indicators", "weight", NUMBER, NO_WORDS, "权重，与同级相比；0 为不计", "the weight among its siblings; 0: does not count"},
    {"indicators", "kind", CONTENT_WORD, NULL, INDICATOR_KIND, "共性或个性", "common to all, or individual"},
    {"indicators", "class", CONTENT_WORD, NULL, INDICATOR_CLASS, "必答、抢答、加分或门槛", "mandatory, competitive, bonus or gate"},
    {"indicators", "direction", CONTENT_WORD, NULL, INDICATOR_DIRECTION, "正向 up，逆向 down", "up: more is better; down: less is"},
    {"indicators", "method", OF("methods"), NO_WORDS, "评分方法", "the method of scoring"},
    {"indicators", "value", NONE, NO_WORDS, "算式；留空为同名数据项", "an expression; empty: the element of the same id"},
    {"indicators", "accumulate", CONTENT_WORD, NULL, INDICATOR_ACCUMULATE, "取最近一期、求和或平均", "the last figure, the sum or the mean"},
    {"indicators", "due", NONE, NO_WORDS, "期末后几日报送，如 10d", "days after the period's end, such as 10d"},
    {"indicators", "when", NONE, NO_WORDS, "适用条件", "the condition under which it applies"},
    {"indicators", "lo", NUMBER, NO_WORDS, "下限", "the lower bound"},
    {"indicators", "hi", NUMBER, NO_WORDS, "上限", "the upper bound"},
    {"indicators", "missing", CONTENT_WORD, NULL, INDICATOR_MISSING, "缺失如何处理", "what is done where a figure is missing"},
    {"indicators", "treat", CONTENT_WORD, NULL, INDICATOR_TREAT, "异常值如何处理", "what is done with outliers"},
    {"indicators", "aggregate", CONTENT_WORD, NULL, INDICATOR_AGGREGATE, "下级如何合成", "how the ones below it are put together"},
    {"indicators", "decimals", NUMBER, NO_WORDS, "得分的小数位数", "decimals of its score"},
    {"indicators", "frequency", CONTENT_WORD, NULL, INDICATOR_FREQUENCY, "数据的频次", "how often there is a figure"},
    {"indicators", "order", NUMBER, NO_WORDS, "排列顺序", "the order among its siblings"},
    {"indicators", "source", NONE, NO_WORDS, "数据责任部门", "who supplies the figure"},
    {"indicators", "verifier", NONE, NO_WORDS, "审核部门", "who verifies it"},
    {"indicators", "measure", NONE, NO_WORDS, "计量单位", "the unit of measurement"},
    {"indicators", "basis", NONE, NO_WORDS, "依据条款，如 rules#art-9", "the clause, such as rules#art-9"},
    {"indicators", "evidence", CONTENT_WORD, NULL, INDICATOR_EVIDENCE, "填报须附佐证的填 needed", "needed: its figures are reported with evidence"},
    {"observations", "unit", OF("units"), NO_WORDS, "考核对象", "the unit"},
    {"observations", "element", OF("indicators"), NO_WORDS, "数据项", "the element"},
    {"observations", "period", NONE, NO_WORDS, "周期，如 2021-08", "the period, such as 2021-08"},
    {"observations", "value", NUMBER, NO_WORDS, "数据；缺失留空", "the figure; empty: missing"},
    {"observations", "state", CONTENT_WORD, NULL, INDICATOR_COLUMNS, "不适用 na，未到期 pending", "na: not applicable; pending: not yet due"},
    {"observations", "source", NONE, NO_WORDS, "来源", "where it comes from"},
    {"observations", "document", NONE, NO_WORDS, "佐证", "the evidence"},
    {"targets", "unit", OF("units"), NO_WORDS, "考核对象、group:类别 或 *", "a unit, group:ID or *"},
    {"targets", "indicator", OF("indicators"), NO_WORDS, "指标", "the indicator"},
    {"targets", "period", NONE, NO_WORDS, "周期", "the period"},
    {"targets", "target", NUMBER, NO_WORDS, "目标值", "the target"},
    {"targets", "baseline", NUMBER, NO_WORDS, "基期值", "the baseline"},
    {"weights", "for", OF("units"), NO_WORDS, "考核对象或 group:类别", "a unit or group:ID"},
    {"weights", "indicator", OF("indicators"), NO_WORDS, "指标", "the indicator"},
    {"weights", "weight", NUMBER, NO_WORDS, "权重；0 为不适用", "the weight; 0: does not apply"},
    {"adjustments", "unit", OF("units"), NO_WORDS, "考核对象", "the unit"},
    {"adjustments", "period", NONE, NO_WORDS, "周期", "the period"},
    {"adjustments", "item", OF("items"), NO_WORDS, "加减分项目", "the item"},
    {"adjustments", "level", NONE, NO_WORDS, "级别", "its level"},
    {"adjustments", "points", NUMBER, NO_WORDS, "分值", "points"},
    {"adjustments", "count", NUMBER, NO_WORDS, "次数", "how many times"},
    {"adjustments", "honour", NONE, NO_WORDS, "同一荣誉只计一次", "of one honour only the best row counts"},
    {"adjustments", "issued", NONE, NO_WORDS, "发文日期", "the date on which it was issued"},
    {"adjustments", "reason", NONE, NO_WORDS, "事由", "the reason"},
    {"adjustments", "document", NONE, NO_WORDS, "佐证", "the evidence"},
    {"successions", "from", OF("units"), NO_WORDS, "原对象", "the unit before"},
    {"successions", "to", OF("units"), NO_WORDS, "新对象", "the unit after"},
    {"successions", "date", NONE, NO_WORDS, "生效日期", "from this date on"},
    {"successions", "share", NUMBER, NO_WORDS, "份额，默认为 1", "the share; 1 unless given"},
    // clang-format on
};

struct workbook_column workbook_column(const char *table, const char *name) {
    struct workbook_column out = {.table = table, .name = name, .content = CONTENT_NUMBER};
    for (size_t i = 0; i < LENGTH(entries); i++) {
        const struct entry *entry = &entries[i];
        if (strcmp(entry->table, table) != 0 || strcmp(entry->name, name) != 0)
            continue;
        out.content = entry->content;
        out.of = entry->of;
        out.zh = entry->zh;
        out.en = entry->en;
        if (entry->content == CONTENT_WORD)
            out.words = entry->words == INDICATOR_COLUMNS
                            ? observation_states(&out.word_count)
                            : indicator_words((uint32_t)entry->words, &out.word_count);
        out.only_words = out.words != NULL;
        for (uint32_t w = 0; w < out.word_count; w++) /* factor(0.8) may be anything */
            out.only_words = out.only_words && strchr(out.words[w], '(') == NULL;
        break;
    }
    return out;
}
