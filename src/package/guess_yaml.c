/* The proposal as YAML, with what was not understood in comments. All texts of the sheet are quoted; in comments control characters
 * become spaces, so that a comment stays one. */
#include "base/text.h"
#include "package/guess_parts.h"
#include "package/package.h"
#include "package/sheet_layout.h"
#include "package/yaml_out.h"
#include <stdlib.h>
#include <string.h>

enum { REMARK_MOST = 400, KEY_MOST = 900 };

struct page {
    const struct guess *g;
    struct writer *out;
};

__attribute__((format_arg(2), format_arg(3))) static const char *say(const struct guess *g,
                                                                     const char *en,
                                                                     const char *zh) {
    return g->request->language == BATON_ZH ? zh : en;
}

static void quote(const struct page *p, const char *text) {
    yaml_quote(p->out, text, strlen(text));
}

/* Whether YAML takes a character for more than itself, or not at all: controls, other line ends, byte-order marks. */
static bool is_strange(uint32_t point) {
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x2028 || point == 0x2029 ||
           point == 0xfeff || point == 0xfffe || point == 0xffff;
}

/* A text inside of a comment. */
static void remark(const struct page *p, const char *text) {
    const size_t size = strlen(text), most = size < REMARK_MOST ? size : REMARK_MOST;
    for (size_t at = 0; at < most;) {
        uint32_t point;
        const size_t taken = text_decode(text + at, size - at, &point);
        if (taken == 0 || is_strange(point))
            writer_char(p->out, ' ');
        else
            writer_put(p->out, text + at, taken);
        at += taken == 0 ? 1 : taken;
    }
}

/* Whether a text can be a key as it is: no strange characters, and not too long for one. */
static bool is_writable(const char *text) {
    const size_t size = strlen(text);
    for (size_t at = 0; at < size;) {
        uint32_t point;
        const size_t taken = text_decode(text + at, size - at, &point);
        if (taken == 0 || is_strange(point))
            return false;
        at += taken;
    }
    return size > 0 && size <= KEY_MOST;
}

/* An identifier, which is plain unless YAML would take it for something else. */
static void put_id(const struct page *p, const char *id) {
    const bool is_word = (id[0] >= 'a' && id[0] <= 'z') || (id[0] >= 'A' && id[0] <= 'Z');
    if (is_word && strcmp(id, "null") != 0 && strcmp(id, "Null") != 0 && strcmp(id, "NULL") != 0)
        writer_text(p->out, id);
    else
        quote(p, id);
}

static void put_list(const struct page *p, const char *key, const char *const *text, size_t count) {
    writer_printf(p->out, "%s: [", key);
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (!is_writable(text[i]))
            continue;
        writer_text(p->out, any ? ", " : "");
        quote(p, text[i]);
        any = true;
    }
    writer_text(p->out, "]");
}

static const char *letters(const struct page *p, uint32_t column) {
    char name[WORKBOOK_NAME_SIZE];
    workbook_cell_name(1, column, name);
    return arena_text(p->g->arena, name, strcspn(name, "0123456789"));
}

/* ---- Units */

static const char *unit_name(const struct guess *g, uint32_t unit) {
    return baton_text_in(&g->scheme->unit[unit].name, g->request->language,
                         g->scheme->unit[unit].id);
}

/* A column by its header where that is its own, else by its letters. */
static void put_column(const struct page *p, uint32_t column) {
    const struct guess *g = p->g;
    const char **text = sheet_header_texts(g->grid, g->header, g->header_count, g->fill);
    const char *own = mapping_normal(g->arena, text[column], true);
    bool alone = own[0] != '\0' && strchr(own, '*') == NULL && is_writable(text[column]);
    for (uint32_t i = 1; alone && i <= g->grid->column_count; i++)
        alone = i == column || strcmp(own, mapping_normal(g->arena, text[i], true)) != 0;
    if (alone && g->header_count > 0)
        quote(p, text[column]);
    else
        writer_text(p->out, letters(p, column));
}

static void put_candidates(const struct page *p, const uint32_t *index, uint32_t count,
                           bool units) {
    const struct guess *g = p->g;
    if (count == 0)
        return;
    writer_text(p->out, say(g, "; perhaps ", "，可能是 "));
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            writer_text(p->out, say(g, ", ", "、"));
        remark(p, units ? g->scheme->unit[index[i]].id : g->scheme->element[index[i]].id);
        if (units && strcmp(unit_name(g, index[i]), g->scheme->unit[index[i]].id) != 0) {
            writer_text(p->out, say(g, " (", "（"));
            remark(p, unit_name(g, index[i]));
            writer_text(p->out, say(g, ")", "）"));
        }
    }
}

/* Whether an item before has the same text. */
static bool was_before(const struct guess *g, size_t item) {
    for (size_t k = 0; k < item; k++)
        if (strcmp(g->item[k].text, g->item[item].text) == 0)
            return true;
    return false;
}

static void put_units(const struct page *p) {
    const struct guess *g = p->g;
    bool any = false, skips = false;
    writer_text(p->out, "unit:\n");
    if (g->across) {
        writer_printf(p->out, "  row: %u\n", g->unit_line);
    } else {
        writer_text(p->out, "  column: ");
        put_column(p, g->unit_line);
        writer_char(p->out, '\n');
    }
    for (size_t i = 0; i < g->item_count; i++) {
        const struct guess_item *item = &g->item[i];
        skips = skips || item->is_total;
        if (item->is_total || (item->unit != BATON_NONE && item->by_name) || was_before(g, i))
            continue;
        const bool open =
            item->unit == BATON_NONE || strchr(item->text, '*') != NULL || !is_writable(item->text);
        if (!any && !open) {
            writer_text(p->out, "  names:\n");
            any = true;
        }
        writer_text(p->out, open ? "    # " : "    ");
        if (open)
            remark(p, item->text);
        else
            quote(p, item->text);
        if (!open) {
            writer_text(p->out, ": ");
            put_id(p, g->scheme->unit[item->unit].id);
            writer_printf(p->out, "  # %s",
                          say(g, "by a part of the name: ", "按名称的一部分推测："));
            remark(p, unit_name(g, item->unit));
        } else {
            writer_text(p->out, say(g, ": no unit is called so", "：没有这一名称的考核对象"));
            put_candidates(p, item->candidate, item->candidate_count, true);
            writer_text(p->out, say(g, "; the import refuses until it is in names or skip",
                                    "；写入 names 或 skip 之前不予导入"));
        }
        writer_char(p->out, '\n');
    }
    if (!skips)
        return;
    writer_text(p->out, "  skip: [");
    bool first = true;
    for (size_t i = 0; i < g->item_count; i++) {
        if (!g->item[i].is_total || was_before(g, i))
            continue;
        writer_text(p->out, first ? "" : ", ");
        quote(p, g->item[i].text);
        first = false;
    }
    writer_printf(p->out, "]  # %s\n", say(g, "rows of totals", "合计、平均等行"));
}

/* ---- Elements */

static const char *factor_of(const struct page *p, int power) {
    char *text = arena_alloc(p->g->arena, (size_t)abs(power) + 4, 1);
    size_t used = 0;
    text[used++] = power < 0 ? '0' : '1';
    if (power < 0)
        text[used++] = '.';
    for (int i = 0; i < abs(power) - (power < 0); i++)
        text[used++] = '0';
    if (power < 0)
        text[used++] = '1';
    return text;
}

static const char *element_name(const struct guess *g, uint32_t element) {
    for (uint32_t n = 1; n < g->scheme->node_count; n++) {
        const struct baton_node *node = &g->scheme->node[n];
        if (node->child_count == 0 && node->element == element && node->value.text == NULL)
            return baton_text_in(&node->name, g->request->language, node->id);
    }
    return g->scheme->element[element].id;
}

static void put_reason(const struct page *p, const struct guess_line *line) {
    const struct guess *g = p->g;
    const char *measure =
        line->element == BATON_NONE || g->scheme->element[line->element].measure == NULL
            ? ""
            : g->scheme->element[line->element].measure;
    switch (line->open) {
    case OPEN_NOT:
    case OPEN_NO_NAME:
        writer_text(p->out, say(g, "nothing is called so", "没有这一名称的指标或数据项"));
        break;
    case OPEN_SIMILAR:
        writer_text(p->out, say(g, "nothing is called exactly so", "没有名称完全相符的指标"));
        break;
    case OPEN_SEVERAL:
        writer_text(p->out, say(g, "several are called so", "同名的不止一个"));
        break;
    case OPEN_TWICE:
        writer_text(p->out, say(g, "another one would be the same", "另有一处也对应同一数据项"));
        break;
    case OPEN_COMPUTED:
        writer_text(p->out, say(g, "that indicator is computed, not reported",
                                "该指标由公式计算，不直接填报"));
        break;
    case OPEN_MEASURE:
        writer_text(p->out, say(g, "its measure here is ", "此处计量单位为"));
        remark(p, line->measure);
        writer_text(p->out, say(g, ", that of the indicator ", "，指标的计量单位为"));
        remark(p, measure);
        break;
    case OPEN_NO_MEASURE:
        writer_text(p->out, say(g, "its measure here is ", "此处计量单位为"));
        remark(p, line->measure);
        writer_text(p->out, say(g, ", that of the element is not known", "，数据项的计量单位不明"));
        break;
    case OPEN_HISTORY:
        writer_printf(p->out,
                      say(g, "times %s by the measures, it would be 10^%d times its usual size",
                          "按计量单位乘以 %s 后，是以往水平的 10^%d 倍"),
                      factor_of(p, line->power), line->history_power);
        break;
    case OPEN_FREQUENCY:
        writer_text(p->out, say(g, "its figures are of another kind of period",
                                "该数据项的频次与本表周期不同"));
        break;
    case OPEN_ABOVE:
        writer_text(p->out, say(g, "the header above says that it is something else",
                                "上一级表头表明是另一种数据"));
        break;
    }
}

/* Whether an import would take the line by itself, its text being an element's identifier. */
static bool is_identifier(const struct guess *g, const struct guess_line *line) {
    for (uint32_t e = 0; e < g->scheme->element_count; e++)
        if (strcmp(g->scheme->element[e].id, line->normal) == 0)
            return true;
    return false;
}

/* Columns that are no figures of an element. */
static bool is_idle(const struct guess_line *line) {
    static const char *const words[] = {"序号", "编号", "代码",     "行次", "排名", "位次",
                                        "名次", "备注", "区划代码", "No.",  "no",   "rank"};
    for (size_t i = 0; i < LENGTH(words); i++)
        if (strcmp(line->normal, words[i]) == 0)
            return true;
    return false;
}

/* Whether the text, as a pattern, would be another line too. */
static bool is_pattern(const struct guess *g, const struct guess_line *line) {
    if (strchr(line->normal, '*') == NULL)
        return false;
    for (size_t i = 0; i < g->line_count; i++)
        if (&g->line[i] != line && mapping_matches(line->normal, g->line[i].normal))
            return true;
    return false;
}

static bool is_mapped(const struct guess *g, const struct guess_line *line) {
    return line->open == OPEN_NOT && is_writable(line->text) && !is_pattern(g, line);
}

static void put_mapped(const struct page *p, const struct guess_line *line) {
    const struct guess *g = p->g;
    const char *id = g->scheme->element[line->element].id;
    writer_text(p->out, "    ");
    quote(p, line->text);
    writer_text(p->out, line->power != 0 ? ": {element: " : ": ");
    put_id(p, id);
    if (line->power != 0)
        writer_printf(p->out, ", factor: %s}", factor_of(p, line->power));
    writer_text(p->out, "  # ");
    remark(p, element_name(g, line->element));
    if (!line->is_equal)
        writer_text(p->out, say(g, "; by the name without what does not matter",
                                "；略去计量单位、累计等字样后同名"));
    const char *measure = g->scheme->element[line->element].measure;
    if (line->by == FACTOR_BY_MEASURE) {
        writer_text(p->out, say(g, "; ", "；"));
        remark(p, line->measure);
        writer_text(p->out, say(g, " to ", "折合为"));
        remark(p, measure);
        if (line->by_corner)
            writer_text(p->out, say(g, ", the measure of the whole sheet", "，按全表计量单位"));
    } else if (line->by == FACTOR_BY_HISTORY) {
        writer_text(p->out, say(g, "; the factor by earlier figures, to be confirmed",
                                "；换算系数按以往数据推测，须确认"));
    } else if (line->measure == NULL && measure != NULL && line->by == FACTOR_NONE &&
               strcmp(measure, "1") != 0) {
        writer_text(p->out, say(g, "; the sheet gives no measure, taken as ",
                                "；表中没有计量单位，按指标的计量单位处理："));
        remark(p, measure);
    } else if (line->measure == NULL && line->by == FACTOR_NONE_BY_HISTORY) {
        writer_text(p->out, say(g, "; of the size of earlier figures", "；与以往数据量级一致"));
    }
    writer_char(p->out, '\n');
}

static void put_open(const struct page *p, const struct guess_line *line) {
    const struct guess *g = p->g;
    writer_text(p->out, "    # ");
    remark(p, line->text);
    writer_text(p->out, say(g, ": ", "："));
    put_reason(p, line);
    if (line->candidate_count > 0)
        put_candidates(p, line->candidate, line->candidate_count, false);
    else if (line->element != BATON_NONE)
        put_candidates(p, &line->element, 1, false);
    writer_char(p->out, '\n');
}

static void put_skipped(const struct page *p) {
    const struct guess *g = p->g;
    bool any = false;
    for (size_t i = 0; i < g->line_count; i++) {
        const struct guess_line *line = &g->line[i];
        if (is_mapped(g, line) || !is_writable(line->text) || is_pattern(g, line) ||
            !(is_idle(line) || is_identifier(g, line)))
            continue;
        writer_text(p->out, any ? ", " : "  skip: [");
        quote(p, line->text);
        any = true;
    }
    if (any)
        writer_text(p->out, "]\n");
}

bool guess_has_mapped(const struct guess *g) {
    for (size_t i = 0; i < g->line_count; i++)
        if (is_mapped(g, &g->line[i]))
            return true;
    return false;
}

/* Where elements are named. Without a header, and without a row that could be one, nothing can be said: that stays a comment, for a mapping
 * that points to a header without rows is none. */
static void put_element_place(const struct page *p) {
    const struct guess *g = p->g;
    if (g->across) {
        writer_printf(p->out, "element:\n  column: %s\n",
                      letters(p, g->name_line == 0 ? 1 : g->name_line));
    } else if (g->header_count > 0 || g->first > 1) {
        writer_text(p->out, "element:\n  in: header\n");
    } else {
        writer_text(p->out,
                    say(g,
                        "# No row above the figures names elements. For one element write "
                        "which it is:\n",
                        "# 数据上方没有表头，无法判断各列的数据项。只有一列数据的，请写明：\n"));
        writer_printf(p->out, "# element: {is: %s}\n", say(g, "its identifier", "数据项的标识"));
        writer_text(p->out, say(g,
                                "# For several, put a row with the names of the columns above the "
                                "figures and propose again.\n",
                                "# 有多列数据的，请在数据上方补一行列名，再重新推测。\n"));
    }
}

static void put_elements(const struct page *p) {
    const struct guess *g = p->g;
    const bool any = guess_has_mapped(g);
    put_element_place(p);
    if (!g->across && g->header_count == 0 && g->first <= 1)
        return;
    if (!any)
        writer_printf(p->out, "  # %s\n",
                      say(g, "no element was recognised: complete names",
                          "未能识别任何数据项，请补全 names"));
    writer_text(p->out, any ? "  names:\n" : "  names: {}\n");
    for (size_t i = 0; i < g->line_count; i++) {
        const struct guess_line *line = &g->line[i];
        if (is_mapped(g, line))
            put_mapped(p, line);
        else if (!is_idle(line))
            put_open(p, line);
    }
    put_skipped(p);
}

/* ---- The rest */

static void put_period(const struct page *p) {
    const struct guess *g = p->g;
    char name[BATON_PERIOD_NAME_SIZE], cell[WORKBOOK_NAME_SIZE];
    if (g->period_in == MAPPING_NOWHERE) {
        writer_printf(p->out, "# period: %s\n",
                      say(g, "the sheet does not say it; give it with --period",
                          "表中没有写明考核周期，导入时用 --period 给出"));
        return;
    }
    baton_period_format(g->period, name);
    writer_text(p->out, "period:\n");
    if (g->period_as.kind != BATON_PERIOD_NONE) {
        char as[BATON_PERIOD_NAME_SIZE];
        baton_period_format(g->period_as, as);
        writer_printf(p->out, "  is: %s  # %s%s%s", as, say(g, "the sheet says ", "表中写的是 "),
                      name, say(g, "; to be changed for the next sheet: ", "；下一期须修改："));
        remark(p, g->period_text);
        writer_char(p->out, '\n');
        return;
    }
    if (g->period_in == MAPPING_CELL)
        writer_printf(p->out, "  cell: %s",
                      workbook_cell_name(g->period_row, g->period_column, cell));
    else
        writer_printf(p->out, "  in: %s", g->period_in == MAPPING_SHEET ? "sheet" : "file");
    writer_printf(p->out, "  # %s: ", name);
    remark(p, g->period_text);
    writer_char(p->out, '\n');
    if (g->period_pattern != NULL) {
        writer_text(p->out, "  names: {");
        quote(p, g->period_pattern);
        writer_text(p->out, ": ");
        quote(p, g->period_means);
        writer_text(p->out, "}\n");
    }
}

static void put_values(const struct page *p) {
    const struct guess *g = p->g;
    if (!g->full_width && !g->thousands && !g->percent &&
        g->dash_count + g->na_count + g->pending_count == 0)
        return;
    writer_text(p->out, "values:\n");
    if (g->full_width)
        writer_text(p->out, "  full_width: true\n");
    if (g->thousands)
        writer_text(p->out, "  thousands: true\n");
    if (g->percent)
        writer_text(p->out, "  percent: true\n");
    const struct {
        const char *key, *const *word;
        uint32_t count;
        const char *remark;
    } words[] = {
        {"  missing", g->dash, g->dash_count,
         say(g, "or na, or pending: to be confirmed",
             "是缺失、不适用（na）还是未到报送期（pending），须确认")},
        {"  na", g->na, g->na_count, ""},
        {"  pending", g->pending, g->pending_count, ""},
    };
    for (size_t i = 0; i < LENGTH(words); i++) {
        if (words[i].count == 0)
            continue;
        put_list(p, words[i].key, words[i].word, words[i].count);
        writer_printf(p->out, "%s%s\n", words[i].remark[0] == '\0' ? "" : "  # ", words[i].remark);
    }
}

static void put_sheet(const struct page *p) {
    const struct guess *g = p->g;
    if (g->grid->sheet == NULL)
        return;
    writer_text(p->out, "sheet: ");
    if (strchr(g->grid->sheet, '*') != NULL || !is_writable(g->grid->sheet)) {
        uint32_t number = 0;
        for (uint32_t i = 0; i <= g->sheet; i++)
            number += !g->request->file->sheet[i].is_hidden;
        writer_printf(p->out, "%u", number);
    } else {
        quote(p, g->grid->sheet);
    }
    if (g->other_sheet != UINT32_MAX) {
        writer_printf(p->out, "  # %s",
                      say(g, "as many units are in: ", "同样多考核对象的工作表还有："));
        remark(p, g->request->file->sheet[g->other_sheet].name);
    }
    writer_char(p->out, '\n');
}

static void put_rows(const struct page *p) {
    const struct guess *g = p->g;
    if (g->header_count > 0) {
        writer_text(p->out, "header: [");
        for (uint32_t i = 0; i < g->header_count; i++)
            writer_printf(p->out, "%s%u", i > 0 ? ", " : "", g->header[i]);
        writer_text(p->out, "]\n");
    } else if (!g->across && g->first > 1) {
        writer_printf(p->out, "header: [%u]  # %s\n", g->first - 1,
                      say(g, "no header was recognised: the row right above the figures",
                          "未能识别表头，暂取数据上方一行，请核对"));
    }
    if (g->fill)
        writer_text(p->out, "fill: true\n");
    writer_text(p->out, "loose: true\n");
    writer_printf(p->out, "rows: {first: %u", g->first);
    if (g->until_count > 0) {
        writer_text(p->out, ", ");
        put_list(p, "until", g->until, g->until_count);
    }
    writer_text(p->out, "}\n");
    if (g->across)
        writer_printf(p->out, "columns: {first: %s}\n", letters(p, g->item[0].index));
}

void guess_write(const struct guess *g, struct writer *out) {
    const struct page page = {g, out};
    const struct page *const p = &page;
    writer_text(out, say(g, "# Proposed by `baton import-sheet --guess` for ",
                         "# 由 `baton import-sheet --guess` 推测，来自 "));
    remark(p, g->request->file->name);
    writer_text(out, say(g,
                         ".\n# Confirm each line. What stands in a comment was not understood and "
                         "is not read.\n",
                         "。\n# 请逐行核对；注释中的各项未能确定，不会读取。\n"));
    writer_text(out, "baton: 1\n");
    put_sheet(p);
    put_rows(p);
    put_units(p);
    put_elements(p);
    put_period(p);
    put_values(p);
}
