/* A few sentences about an import. What was passed over is listed up to a dozen, so that a summary stays one. */
#include "cli/import_summary.h"
#include "base/hash.h"
#include "base/text.h"
#include <string.h>

enum { LIST_MOST = 12, TEXT_WIDTH = 24 };

struct counts {
    size_t units, elements, missing, na, pending;
    struct baton_period first, last;
};

static struct counts count(struct baton_arena *arena, const struct sheet_figures *figures) {
    struct counts counts = {0};
    struct hash units = {0}, elements = {0};
    for (size_t i = 0; i < figures->count; i++) {
        const struct sheet_figure *figure = &figures->item[i];
        hash_add(arena, &units, figure->unit, strlen(figure->unit), (uint32_t)units.count);
        hash_add(arena, &elements, figure->element, strlen(figure->element),
                 (uint32_t)elements.count);
        counts.missing += figure->state == BATON_EMPTY;
        counts.na += figure->state == BATON_NA;
        counts.pending += figure->state == BATON_PENDING;
        if (i == 0 || baton_period_compare(figure->period, counts.first) < 0)
            counts.first = figure->period;
        if (i == 0 || baton_period_compare(figure->period, counts.last) > 0)
            counts.last = figure->period;
    }
    counts.units = units.count;
    counts.elements = elements.count;
    return counts;
}

static const char *plural(size_t count) {
    return count == 1 ? "" : "s";
}

/* "2021-08", "2021-01 to 2021-08". */
static const char *span_of(const struct invocation *invocation, const struct counts *c) {
    char first[BATON_PERIOD_NAME_SIZE], last[BATON_PERIOD_NAME_SIZE];
    baton_period_format(c->first, first);
    baton_period_format(c->last, last);
    if (baton_period_equal(c->first, c->last))
        return arena_printf(invocation->arena, "%s", first);
    return arena_printf(invocation->arena, in_language(invocation, "%s to %s", "%s 至 %s"), first,
                        last);
}

/* "3 missing, 1 not applicable"; "" where all are figures. */
static const char *states_of(const struct invocation *invocation, const struct counts *c) {
    const struct {
        size_t count;
        const char *en, *zh;
    } states[] = {{c->missing, "missing", "缺失"},
                  {c->na, "not applicable", "不适用"},
                  {c->pending, "not yet due", "未到期"}};
    const char *list = "";
    for (size_t i = 0; i < LENGTH(states); i++)
        if (states[i].count > 0)
            list = arena_printf(
                invocation->arena, in_language(invocation, "%s%s%zu %s", "%s%s%zu 个%s"), list,
                list[0] == '\0' ? "" : in_language(invocation, ", ", "、"), states[i].count,
                in_language(invocation, states[i].en, states[i].zh));
    return list;
}

/* "D (growth), E" of rows or columns. */
static void list_passed(struct invocation *invocation, const struct sheet_passed *passed,
                        size_t count, bool is_column) {
    struct writer *err = invocation->err;
    for (size_t i = 0; i < count && i < LIST_MOST; i++) {
        char name[WORKBOOK_NAME_SIZE];
        workbook_cell_name(1, is_column ? passed[i].number : 1, name);
        if (i > 0)
            writer_text(err, in_language(invocation, ", ", "、"));
        if (is_column)
            writer_put(err, name, strcspn(name, "0123456789"));
        else
            writer_count(err, passed[i].number);
        const char *text = passed[i].text;
        const size_t size = strlen(text), fits = text_fit(text, size, TEXT_WIDTH);
        if (size > 0)
            writer_printf(err, in_language(invocation, " (%.*s%s)", "（%.*s%s）"), (int)fits, text,
                          fits < size ? "..." : "");
    }
    if (count > LIST_MOST)
        writer_printf(err, in_language(invocation, " and %zu more", "等，另有 %zu 处"),
                      count - LIST_MOST);
    writer_text(err, in_language(invocation, "\n", "。\n"));
}

static void tell_read(struct invocation *invocation, const struct sheet_figures *figures) {
    const struct counts c = count(invocation->arena, figures);
    const char *states = states_of(invocation, &c);
    if (invocation->language == BATON_ZH) {
        writer_printf(invocation->err, "已读取 %zu 个数据：%zu 个考核对象，%zu 个数据项，%s",
                      figures->count, c.units, c.elements, span_of(invocation, &c));
        if (states[0] != '\0')
            writer_printf(invocation->err, "；其中 %s", states);
        writer_text(invocation->err, "。\n");
        return;
    }
    writer_printf(invocation->err, "%zu figure%s read: %zu unit%s, %zu element%s, %s",
                  figures->count, plural(figures->count), c.units, plural(c.units), c.elements,
                  plural(c.elements), span_of(invocation, &c));
    if (states[0] != '\0')
        writer_printf(invocation->err, "; of these %s", states);
    writer_text(invocation->err, "\n");
}

void import_summary(struct invocation *invocation, const struct sheet_figures *figures,
                    const struct sheet_added *added) {
    struct writer *err = invocation->err;
    tell_read(invocation, figures);
    if (figures->column_count > 0) {
        writer_text(err, in_language(invocation, "columns not read: ", "未读取的列："));
        list_passed(invocation, figures->column, figures->column_count, true);
    }
    if (figures->row_count > 0) {
        writer_text(err, in_language(invocation, "rows not read: ", "未读取的行："));
        list_passed(invocation, figures->row, figures->row_count, false);
    }
    if (figures->other_periods > 0)
        writer_printf(err,
                      in_language(invocation, "of other periods, not read: %zu\n",
                                  "其他周期的数据未读取：%zu 个。\n"),
                      figures->other_periods);
    if (added != NULL)
        writer_printf(
            err,
            in_language(invocation,
                        "observations.csv: %zu added, %zu replaced, %zu there already\n",
                        "observations.csv：新增 %zu 行，替换 %zu 行，已有且相同 %zu 行。\n"),
            added->added, added->replaced, added->same);
}
