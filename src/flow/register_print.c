/* A figure is told by where it is asked, of whom and by whom; a pair by its two sides and what speaks for it. */
#include "flow/register_print.h"
#include "base/csv_field.h"
#include "base/frequency.h"
#include "baton/number.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *unless_empty(const char *text) {
    return text == NULL || text[0] == '\0' ? NULL : text;
}

static void csv_line(struct writer *writer, const char *const *cell, size_t count) {
    for (size_t i = 0; i < count; i++) {
        writer_text(writer, i > 0 ? "," : "");
        csv_cell(writer, cell[i] == NULL ? "" : cell[i]);
    }
    writer_text(writer, "\n");
}

/* ---- Figures. */

/* NULL = its level has no list. */
static const char *permitted_word(const struct register_telling *t,
                                  const struct register_figure *figure) {
    switch (register_permitted(t->of, t->permits, figure, t->day)) {
    case PERMITTED:
        return "yes";
    case PERMITTED_NOT:
        return "no";
    default:
        return NULL;
    }
}

static void side_json(struct json *json, const struct register_telling *t,
                      const struct register_figure *figure) {
    json_text(json, "assessment", t->of->source[figure->source].assessment);
    json_text(json, "element", figure->as->element);
    json_text(json, "name", register_name(t->of, figure, t->language));
    json_text_if(json, "measure", unless_empty(figure->as->measure));
    json_text(json, "frequency", frequency_word[figure->as->frequency]);
    json_text_if(json, "department", unless_empty(figure->as->verifier));
}

void register_json(struct json *json, const struct register_telling *t,
                   const struct register_figure *figure) {
    json_object(json, NULL);
    side_json(json, t, figure);
    json_text(json, "unit", figure->as->unit);
    json_text(json, "reporter", figure->as->reporter);
    json_text_if(json, "level", unless_empty(register_level(t->of, figure)));
    json_text_if(json, "indicator", unless_empty(figure->as->indicator));
    json_text_if(json, "permitted", permitted_word(t, figure));
    if (figure->shared != NULL) {
        json_text(json, "from", figure->shared->from);
        json_text(json, "from_element", figure->shared->from_element);
    }
    json_end(json);
}

void register_csv_head(struct writer *writer) {
    writer_text(writer, "assessment,unit,element,name,measure,frequency,reporter,level,department,"
                        "permitted,from,from_element\n");
}

void register_csv(struct writer *writer, const struct register_telling *t,
                  const struct register_figure *figure) {
    const struct expectation *const one = figure->as;
    const char *const cell[] = {
        t->of->source[figure->source].assessment,
        one->unit,
        one->element,
        register_name(t->of, figure, t->language),
        one->measure,
        frequency_word[one->frequency],
        one->reporter,
        register_level(t->of, figure),
        one->verifier,
        permitted_word(t, figure),
        figure->shared == NULL ? NULL : figure->shared->from,
        figure->shared == NULL ? NULL : figure->shared->from_element,
    };
    csv_line(writer, cell, LENGTH(cell));
}

/* ---- Asked twice. */

void twice_json(struct json *json, const struct register_telling *t, const struct twice *twice) {
    json_object(json, NULL);
    json_text(json, "sure", twice_sure_word(twice->sure));
    json_array(json, "evidence");
    for (int i = 0; i < TWICE_KINDS; i++)
        if ((twice->evidence >> i & 1) != 0)
            json_text(json, NULL, twice_evidence_word(1u << i));
    json_end(json);
    json_count(json, "units", twice->units);
    json_count(json, "compared", twice->compared);
    json_count(json, "agreeing", twice->agreeing);
    json_number(json, "shift", twice->shift);
    json_flag(json, "shared", twice->is_shared);
    json_flag(json, "can_be_shared", twice->can_be_shared);
    json_array(json, "sides");
    for (int i = 0; i < 2; i++) {
        json_object(json, NULL);
        side_json(json, t, twice->side[i]);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

void twice_csv_head(struct writer *writer) {
    writer_text(writer, "sure,evidence,units,compared,agreeing,shift,shared,assessment,element,"
                        "name,measure,other_assessment,other_element,other_name,other_measure\n");
}

void twice_csv(struct writer *writer, const struct register_telling *t, const struct twice *twice) {
    char number[4][24];
    char evidence[80] = "";
    for (int i = 0; i < TWICE_KINDS; i++)
        if ((twice->evidence >> i & 1) != 0)
            snprintf(evidence + strlen(evidence), sizeof evidence - strlen(evidence), "%s%s",
                     evidence[0] == '\0' ? "" : " ", twice_evidence_word(1u << i));
    snprintf(number[0], sizeof number[0], "%zu", twice->units);
    snprintf(number[1], sizeof number[1], "%zu", twice->compared);
    snprintf(number[2], sizeof number[2], "%zu", twice->agreeing);
    snprintf(number[3], sizeof number[3], "%d", twice->shift);
    const char *cell[15] = {
        twice_sure_word(twice->sure),   evidence, number[0], number[1], number[2], number[3],
        twice->is_shared ? "yes" : "no"};
    for (size_t i = 0; i < 2; i++) {
        const struct register_figure *const side = twice->side[i];
        cell[7 + 4 * i] = t->of->source[side->source].assessment;
        cell[8 + 4 * i] = side->as->element;
        cell[9 + 4 * i] = register_name(t->of, side, t->language);
        cell[10 + 4 * i] = side->as->measure;
    }
    csv_line(writer, cell, LENGTH(cell));
}

static const char *factor_of(struct baton_arena *arena, int shift) {
    const char *out = "1";
    for (int i = 0; i < shift; i++)
        out = arena_printf(arena, "%s0", out);
    if (shift >= 0)
        return out;
    out = "1";
    for (int i = -1; i > shift; i--)
        out = arena_printf(arena, "0%s", out);
    return arena_printf(arena, "0.%s", out);
}

const char *twice_command(struct baton_arena *arena, const struct register_telling *t,
                          const char *ledger, const struct twice *twice) {
    const struct register_figure *const from = twice->side[0], *const to = twice->side[1];
    if (!twice->can_be_shared || twice->shift > 12 || twice->shift < -12)
        return NULL;
    return arena_printf(arena,
                        "baton correct %s --assessment %s --add --kind sharing %s from=%s "
                        "from_element=%s%s%s --propose",
                        ledger, t->of->source[to->source].assessment, to->as->element,
                        t->of->source[from->source].assessment, from->as->element,
                        twice->shift != 0 ? " factor=" : "",
                        twice->shift != 0 ? factor_of(arena, twice->shift) : "");
}

/* ---- Burden. */

const char *burden_by_word(enum burden_by by) {
    static const char *const words[] = {"unit", "level", "department", "month", "assessment"};
    return words[by];
}

void burden_total_json(struct json *json, const char *name, const struct burden_sum *sum,
                       const struct burden_effort *effort) {
    json_object_tight(json, name);
    json_count(json, "figures", sum->figures);
    json_count(json, "forms", sum->forms);
    json_count(json, "files", sum->files);
    json_fixed(json, "hours", burden_hours(sum, effort), 1);
    json_count(json, "saved_figures", sum->saved_figures);
    json_count(json, "saved_forms", sum->saved_forms);
    json_fixed(json, "saved_hours", burden_hours_saved(sum, effort), 1);
    json_end(json);
}

void burden_json(struct json *json, const struct burden_row *row,
                 const struct burden_effort *effort) {
    json_object(json, NULL);
    json_text(json, "key", row->key);
    json_text_if(json, "name", row->name);
    burden_total_json(json, "now", &row->now, effort);
    burden_total_json(json, "before", &row->before, effort);
    json_end(json);
}

void burden_table_json(struct json *json, const struct burden_table *table, enum burden_by by,
                       int year, const struct burden_effort *effort) {
    json_object(json, NULL);
    json_count(json, "year", (uint64_t)year);
    json_text(json, "by", burden_by_word(by));
    json_object_tight(json, "minutes");
    json_number(json, "figure", effort->figure);
    json_number(json, "form", effort->form);
    json_number(json, "file", effort->file);
    json_end(json);
    burden_total_json(json, "now", &table->now, effort);
    burden_total_json(json, "before", &table->before, effort);
    json_array(json, "items");
    for (size_t i = 0; i < table->count; i++)
        burden_json(json, &table->row[i], effort);
    json_end(json);
    json_end(json);
}

void burden_csv_head(struct writer *writer) {
    writer_text(writer, "key,name,figures,forms,files,hours,saved_figures,saved_forms,saved_hours,"
                        "figures_before,forms_before,files_before,hours_before\n");
}

static void csv_sum(struct writer *writer, const struct burden_sum *sum,
                    const struct burden_effort *effort) {
    char hours[BATON_NUMBER_FIXED_SIZE];
    baton_number_fixed(burden_hours(sum, effort), 1, hours);
    writer_printf(writer, ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%s", sum->figures, sum->forms,
                  sum->files, hours);
}

void burden_csv(struct writer *writer, const struct burden_row *row,
                const struct burden_effort *effort) {
    char hours[BATON_NUMBER_FIXED_SIZE];
    csv_cell(writer, row->key);
    writer_text(writer, ",");
    csv_cell(writer, row->name == NULL ? "" : row->name);
    csv_sum(writer, &row->now, effort);
    baton_number_fixed(burden_hours_saved(&row->now, effort), 1, hours);
    writer_printf(writer, ",%" PRIu64 ",%" PRIu64 ",%s", row->now.saved_figures,
                  row->now.saved_forms, hours);
    csv_sum(writer, &row->before, effort);
    writer_text(writer, "\n");
}

/* ---- Assessments. */

void registered_json(struct json *json, const struct registered *one) {
    json_object(json, NULL);
    json_text(json, "assessment", one->assessment);
    json_text(json, "name", one->name);
    json_text_if(json, "department", unless_empty(one->department));
    json_flag(json, "registered", one->number > 0);
    json_flag(json, "in_ledger", one->is_there);
    if (one->number > 0)
        json_count(json, "number", one->number);
    if (one->limit != UINT64_MAX)
        json_count(json, "limit", one->limit);
    json_flag(json, "over", one->number > one->limit);
    json_end(json);
}

void registered_list_json(struct json *json, const struct registered_list *list, int year) {
    json_object(json, NULL);
    json_count(json, "year", (uint64_t)year);
    json_flag(json, "needed", list->is_needed);
    json_count(json, "unregistered", list->unregistered);
    json_count(json, "over", list->over);
    json_array(json, "items");
    for (size_t i = 0; i < list->count; i++)
        registered_json(json, &list->item[i]);
    json_end(json);
    json_end(json);
}

void registered_csv_head(struct writer *writer) {
    writer_text(writer, "year,department,assessment,name,registered,in_ledger,number,limit,over\n");
}

void registered_csv(struct writer *writer, const struct registered *one, int year) {
    char number[3][24] = {"", "", ""};
    snprintf(number[0], sizeof number[0], "%d", year);
    if (one->number > 0)
        snprintf(number[1], sizeof number[1], "%" PRIu64, one->number);
    if (one->limit != UINT64_MAX)
        snprintf(number[2], sizeof number[2], "%" PRIu64, one->limit);
    const char *const cell[] = {number[0],
                                one->department,
                                one->assessment,
                                one->name,
                                one->number > 0 ? "yes" : "no",
                                one->is_there ? "yes" : "no",
                                number[1],
                                number[2],
                                one->number > one->limit ? "yes" : "no"};
    csv_line(writer, cell, LENGTH(cell));
}
