/* How a sheet writes figures: full-width, with separators of thousands, with %, and what stands where there is none. */
#include "package/guess_parts.h"
#include <math.h>
#include <string.h>

/* Digits in groups: 1,234,567.8 without its commas; false where commas stand elsewhere. */
static bool drop_commas(char *text) {
    const char *point = strchr(text, '.');
    const char *const end = point == NULL ? text + strlen(text) : point;
    size_t kept = 0, since = 0;
    bool any = false;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == ',') {
            if (at >= end || kept == 0 || (any && since != 3) || strspn(at + 1, "0123456789") < 3)
                return false;
            any = true;
            since = 0;
            continue;
        }
        since += at < end;
        text[kept++] = *at;
    }
    text[kept] = '\0';
    return !any || since == 3;
}

double guess_number(const struct guess *g, const char *text) {
    const struct arena_mark mark = arena_mark(g->arena);
    double number = NAN;
    bool percent;
    if (text[0] != '\0' && strlen(text) < 64) {
        const char *normal = mapping_normal(g->arena, text, true);
        char *copy = arena_text(g->arena, normal, strlen(normal));
        if (!drop_commas(copy) ||
            baton_number_parse(copy, strlen(copy), &number, &percent) != BATON_NUMBER_OK)
            number = NAN;
    }
    arena_reset_to(g->arena, mark);
    return number;
}

static bool is_one_of(const char *text, const char *const words[], size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

static void add_word(struct guess *g, const char **words, uint32_t *count, const char *text) {
    if (*count < GUESS_PARTS && !is_one_of(text, words, *count))
        words[(*count)++] = arena_text(g->arena, text, strlen(text));
}

static void look_at_figure(struct guess *g, const char *text) {
    static const char *const dashes[] = {"-", "--", "---", "—",      "——",   "－", "–",
                                         "/", "…",  "……",  "无数据", "暂无", "缺"};
    static const char *const nas[] = {"不适用", "不涉及", "N/A", "n/a", "不考核"};
    static const char *const pendings[] = {"待报", "未报", "待公布", "尚未公布", "未到期", "待定"};
    if (isnan(guess_number(g, text))) {
        const char *word = mapping_normal(g->arena, text, false);
        if (is_one_of(word, dashes, LENGTH(dashes)))
            add_word(g, g->dash, &g->dash_count, word);
        else if (is_one_of(word, nas, LENGTH(nas)))
            add_word(g, g->na, &g->na_count, word);
        else if (is_one_of(word, pendings, LENGTH(pendings)))
            add_word(g, g->pending, &g->pending_count, word);
        return;
    }
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at >= 0x80)
            g->full_width = true;
        g->thousands = g->thousands || *at == ',' || strncmp(at, "，", strlen("，")) == 0;
        g->percent = g->percent || *at == '%' || strncmp(at, "％", strlen("％")) == 0;
    }
}

void guess_values(struct guess *g) {
    for (size_t l = 0; l < g->line_count; l++)
        for (size_t i = 0; g->line[l].open == OPEN_NOT && i < g->item_count; i++) {
            const char *text = guess_text(g, g->line[l].index, g->item[i].index);
            if (g->item[i].unit != BATON_NONE && text[0] != '\0')
                look_at_figure(g, text);
        }
}
