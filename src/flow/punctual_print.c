/* Hours have two decimals, percentages too. */
#include "flow/punctual_print.h"
#include "base/csv_field.h"
#include <inttypes.h>
#include <math.h>

enum { HOUR_MS = 3600000 };

static const char *const post_word[COURSE_POSTS] = {"drafting", "signing", "verifying",
                                                    "accepting"};

static double hours(int64_t ms) {
    return (double)ms / HOUR_MS;
}

static void put_row(struct json *json, const char *name, const struct punctual_row *row) {
    json_object(json, name);
    json_text(json, "unit", row->unit);
    json_count(json, "expected", row->expected);
    for (int kind = 0; kind < PUNCTUAL_KIND_COUNT; kind++)
        json_count(json, punctual_kind_word((enum punctual_kind)kind), row->kind[kind]);
    json_count(json, "days_late", row->days_late);
    json_count(json, "days_late_most", row->days_late_most);
    json_count(json, "returned_once", row->returned_once);
    json_count(json, "returned_more", row->returned_more);
    json_count(json, "returns", row->returns);
    json_count(json, "corrected", row->corrected);
    json_fixed(json, "completeness", punctual_completeness(row), 2);
    json_fixed(json, "timeliness", punctual_timeliness(row), 2);
    json_array(json, "posts");
    for (int post = 0; post < COURSE_POSTS; post++) {
        const struct punctual_stays *const stay = &row->stay[post];
        json_object_tight(json, NULL);
        json_text(json, "post", post_word[post]);
        json_count(json, "count", stay->count);
        json_fixed(json, "median_hours", stay->count == 0 ? NAN : hours(stay->median_ms), 2);
        json_fixed(json, "longest_hours", stay->count == 0 ? NAN : hours(stay->longest_ms), 2);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

void punctual_json(struct json *json, const struct punctual_view *view) {
    json_object(json, NULL);
    json_text(json, "by", punctual_by_word[view->by]);
    json_count(json, "known", view->known);
    json_array_tight(json, "periods");
    for (size_t i = 0; i < view->period_count; i++) {
        char name[BATON_PERIOD_NAME_SIZE];
        baton_period_format(view->period[i], name);
        json_text(json, NULL, name);
    }
    json_end(json);
    json_array(json, "items");
    for (size_t i = 0; i < view->of->count; i++)
        put_row(json, NULL, &view->of->row[i]);
    json_end(json);
    put_row(json, "all", &view->of->all);
    json_end(json);
}

static void put_fixed(struct writer *writer, double number) {
    if (isnan(number))
        writer_text(writer, ",");
    else
        writer_printf(writer, ",%.2f", number);
}

static void put_line(struct writer *writer, const struct punctual_row *row) {
    csv_cell(writer, row->unit);
    writer_printf(writer, ",%" PRIu64, row->expected);
    for (int kind = 0; kind < PUNCTUAL_KIND_COUNT; kind++)
        writer_printf(writer, ",%" PRIu64, row->kind[kind]);
    writer_printf(writer, ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64,
                  row->days_late, row->days_late_most, row->returned_once, row->returned_more,
                  row->returns, row->corrected);
    put_fixed(writer, punctual_completeness(row));
    put_fixed(writer, punctual_timeliness(row));
    for (int post = 0; post < COURSE_POSTS; post++) {
        const bool is_there = row->stay[post].count > 0;
        put_fixed(writer, is_there ? hours(row->stay[post].median_ms) : NAN);
        put_fixed(writer, is_there ? hours(row->stay[post].longest_ms) : NAN);
    }
    writer_text(writer, "\n");
}

void punctual_csv(struct writer *writer, const struct punctual_view *view) {
    writer_text(writer, "unit,expected");
    for (int kind = 0; kind < PUNCTUAL_KIND_COUNT; kind++)
        writer_printf(writer, ",%s", punctual_kind_word((enum punctual_kind)kind));
    writer_text(writer, ",days_late,days_late_most,returned_once,returned_more,returns,corrected,"
                        "completeness,timeliness");
    for (int post = 0; post < COURSE_POSTS; post++)
        writer_printf(writer, ",%s_median_hours,%s_longest_hours", post_word[post],
                      post_word[post]);
    writer_text(writer, "\n");
    for (size_t i = 0; i < view->of->count; i++)
        put_line(writer, &view->of->row[i]);
}

const char *punctual_time_words(struct baton_arena *arena, int64_t ms,
                                enum baton_language language) {
    const double in_hours = hours(ms);
    return in_hours < 24
               ? arena_printf(arena, language == BATON_ZH ? "%.1f 时" : "%.1f h", in_hours)
               : arena_printf(arena, language == BATON_ZH ? "%.1f 天" : "%.1f d", in_hours / 24);
}
