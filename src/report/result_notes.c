/* Notes on a result in words. */
#include "report/result_notes.h"
#include "base/writer.h"
#include "report/words.h"
#include <math.h>

enum {
    NAMES_MOST = 12, /* units that one note names */
    LEAVES_MOST = 2  /* leaves of a unit that are named */
};

/* One telling. */
struct telling {
    struct baton_arena *arena;
    const struct result_view *view;
    enum baton_language language;
    bool zh;
};

__attribute__((format_arg(2), format_arg(3))) static const char *in(const struct telling *telling,
                                                                    const char *en,
                                                                    const char *zh) {
    return telling->zh ? zh : en;
}

/* A note under construction: "name, name". */
struct note {
    const struct telling *telling;
    struct writer *text;
    uint32_t count;
};

static struct note note_of(const struct telling *telling) {
    return (struct note){telling, writer_memory(telling->arena), 0};
}

/* Adds a unit; NULL where there are names enough already. */
static struct writer *note_unit(struct note *note, uint32_t unit) {
    const struct baton_unit *of = &note->telling->view->scheme->unit[unit];
    if (note->count++ >= NAMES_MOST)
        return NULL;
    if (note->count > 1)
        writer_text(note->text, in(note->telling, ", ", "、"));
    writer_text(note->text, baton_text_in(&of->name, note->telling->language, of->id));
    return note->text;
}

/* Ends a note and puts it behind those that are there, unless it names nobody. */
static void note_end(const struct note *note, enum result_note_weight weight, const char *heading,
                     struct result_note *out, uint32_t *count) {
    const struct telling *telling = note->telling;
    if (note->count == 0)
        return;
    if (note->count > NAMES_MOST)
        writer_printf(note->text, in(telling, " and %u more", "等，另有%u个"),
                      note->count - NAMES_MOST);
    writer_text(note->text, in(telling, ".", "。"));
    out[(*count)++] = (struct result_note){weight, heading, writer_text_of(note->text)};
}

/* Adds a unit with leaves that have no figure: a few by name, more by number. */
static void note_missing(struct note *note, uint32_t unit) {
    const struct telling *telling = note->telling;
    const struct baton_scheme *scheme = telling->view->scheme;
    uint32_t leaf[LEAVES_MOST], count = 0;
    for (uint32_t n = 1; n < scheme->node_count; n++)
        if (scheme->node[n].child_count == 0 &&
            baton_result_has_row(telling->view->session, n, unit) &&
            (result_notes(telling->view, n, unit) & BATON_NOTE_MISSING) != 0 &&
            count++ < LEAVES_MOST)
            leaf[count - 1] = n;
    struct writer *text = count == 0 ? NULL : note_unit(note, unit);
    if (text == NULL)
        return;
    if (count > LEAVES_MOST) {
        writer_printf(text, in(telling, " %u", "%u项"), count);
        return;
    }
    writer_text(text, in(telling, " (", "（"));
    for (uint32_t i = 0; i < count; i++)
        writer_printf(text, "%s%s", i > 0 ? in(telling, ", ", "、") : "",
                      baton_text_in(&scheme->node[leaf[i]].name, telling->language,
                                    scheme->node[leaf[i]].id));
    writer_text(text, in(telling, ")", "）"));
}

static void count_unit(const struct telling *telling, uint32_t unit, struct result_counts *counts) {
    counts->units++;
    counts->without_total += isnan(telling->view->result->score[unit]);
    for (uint32_t n = 1; n < telling->view->scheme->node_count; n++) {
        if (telling->view->scheme->node[n].child_count > 0 ||
            !baton_result_has_row(telling->view->session, n, unit))
            continue;
        const uint16_t notes = result_notes(telling->view, n, unit);
        counts->leaves++;
        counts->missing += (notes & BATON_NOTE_MISSING) != 0;
        counts->imputed += (notes & BATON_NOTE_IMPUTED) != 0;
        counts->pending += (notes & BATON_NOTE_PENDING) != 0;
        counts->na += (notes & BATON_NOTE_NA) != 0;
    }
}

uint32_t result_notes_of(struct baton_arena *arena, const struct result_view *view,
                         enum baton_language language, const uint32_t *unit, uint32_t count,
                         uint32_t told, struct result_note out[RESULT_NOTES_MOST],
                         struct result_counts *counts) {
    const struct telling telling = {arena, view, language, language == BATON_ZH};
    struct note vetoed = note_of(&telling), quota = note_of(&telling), capped = note_of(&telling),
                missing = note_of(&telling), without = note_of(&telling);
    uint32_t notes_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        count_unit(&telling, unit[i], counts);
        if (i >= told)
            continue;
        const uint16_t notes = result_notes(view, 0, unit[i]);
        if ((notes & BATON_NOTE_VETOED) != 0)
            note_unit(&vetoed, unit[i]);
        if ((notes & BATON_NOTE_QUOTA) != 0)
            note_unit(&quota, unit[i]);
        if ((notes & BATON_NOTE_CAPPED) != 0)
            note_unit(&capped, unit[i]);
        if (isnan(view->result->score[unit[i]]))
            note_unit(&without, unit[i]);
        note_missing(&missing, unit[i]);
    }
    note_end(&vetoed, NOTE_GRAVE, in(&telling, "Under a veto or a gate", "受一票否决或门槛约束"),
             out, &notes_count);
    note_end(&quota, NOTE_ODD, in(&telling, "A better grade had no place left", "上一等次名额已满"),
             out, &notes_count);
    note_end(&capped, NOTE_PLAIN,
             in(&telling, "Bonus or deduction held at its cap", "加减分已封顶"), out, &notes_count);
    note_end(&without, NOTE_ODD, in(&telling, "Without a total", "没有总分"), out, &notes_count);
    note_end(&missing, NOTE_ODD, in(&telling, "Figures missing", "应报未报"), out, &notes_count);
    return notes_count;
}

struct baton_period result_compared(const struct result_view *view) {
    struct baton_period compared = {0};
    for (uint32_t u = 0; u < view->result->units; u++)
        if (result_has_group(view, view->scheme->unit[u].group) &&
            baton_result_earlier_rank(view->session, 0, u) != 0)
            return baton_result_compared(view->session, &compared) ? compared
                                                                   : (struct baton_period){0};
    return compared;
}

static void closing_zh(const struct telling *telling, const struct result_counts *counts,
                       struct writer *text) {
    writer_printf(text, "参评%u个考核对象", counts->units);
    if (counts->without_total > 0)
        writer_printf(text, "，其中%u个没有总分", counts->without_total);
    writer_printf(text, "，%llu项次指标", (unsigned long long)counts->leaves);
    if (counts->missing + counts->imputed + counts->pending + counts->na == 0)
        writer_text(text, "，数据齐全");
    if (counts->missing > 0)
        writer_printf(text, "，应报未报%llu", (unsigned long long)counts->missing);
    if (counts->imputed > 0)
        writer_printf(text, "，按缺失规则补值%llu", (unsigned long long)counts->imputed);
    if (counts->pending > 0)
        writer_printf(text, "，未到期%llu", (unsigned long long)counts->pending);
    if (counts->na > 0)
        writer_printf(text, "，不适用%llu", (unsigned long long)counts->na);
    writer_text(text, "。");
    const struct baton_period compared = result_compared(telling->view);
    if (compared.kind != BATON_PERIOD_NONE)
        writer_printf(text, "升降与%s比较。", words_period(telling->arena, compared, BATON_ZH));
    if (telling->view->as_of_day == INT32_MAX)
        writer_text(text, "各周期均按已结束、已到期计。");
    else
        writer_printf(text, "按%s已结束、已到期的数据计。",
                      words_day(telling->arena, telling->view->as_of_day, BATON_ZH));
}

static void closing_en(const struct telling *telling, const struct result_counts *counts,
                       struct writer *text) {
    writer_printf(text, "%u unit%s scored", counts->units, counts->units == 1 ? "" : "s");
    if (counts->without_total > 0)
        writer_printf(text, ", %u without a total", counts->without_total);
    writer_printf(text, " on %llu indicators in all", (unsigned long long)counts->leaves);
    if (counts->missing + counts->imputed + counts->pending + counts->na == 0)
        writer_text(text, ", no figure missing");
    if (counts->missing > 0)
        writer_printf(text, ", %llu missing", (unsigned long long)counts->missing);
    if (counts->imputed > 0)
        writer_printf(text, ", %llu filled in by rule", (unsigned long long)counts->imputed);
    if (counts->pending > 0)
        writer_printf(text, ", %llu not due", (unsigned long long)counts->pending);
    if (counts->na > 0)
        writer_printf(text, ", %llu not applicable", (unsigned long long)counts->na);
    writer_text(text, ".");
    const struct baton_period compared = result_compared(telling->view);
    if (compared.kind != BATON_PERIOD_NONE)
        writer_printf(text, " Changes of rank are from %s.",
                      words_period(telling->arena, compared, BATON_EN));
    if (telling->view->as_of_day == INT32_MAX)
        writer_text(text, " Every period counts as ended and due.");
    else
        writer_printf(text, " By what had ended and was due on %s.",
                      words_day(telling->arena, telling->view->as_of_day, BATON_EN));
}

const char *result_closing(struct baton_arena *arena, const struct result_view *view,
                           enum baton_language language, const struct result_counts *counts) {
    const struct telling telling = {arena, view, language, language == BATON_ZH};
    struct writer *text = writer_memory(arena);
    if (telling.zh)
        closing_zh(&telling, counts, text);
    else
        closing_en(&telling, counts, text);
    return writer_text_of(text);
}
