/* An annex while it is put together. */
#ifndef REPORT_ANNEX_PARTS_H
#define REPORT_ANNEX_PARTS_H

#include "base/macros.h"
#include "engine/methods.h"
#include "engine/scheme_view.h"
#include "report/annex.h"
#include "report/rule_words.h"

enum { ANNEX_METHODS_SECTION = 4 }; /* sections before it are never left out */

/* What is known of a method's use. */
struct annex_method {
    uint32_t number; /* among those in use, from 1; 0 = in no leaf of the annex */
    uint32_t leaf;   /* the first that uses it */
    bool up, down;   /* directions in which it is used */
};

struct annex {
    struct baton_arena *arena;
    const struct annex_view *view;
    const struct baton_session *session;
    const struct baton_scheme *scheme;
    struct document *document;
    bool zh;
    struct rule_words words;
    bool *used; /* [node]: applies to somebody in the groups of the annex */
    struct annex_method *method;
    enum baton_missing_rule missing; /* of most leaves */
};

/* ---- annex.c: words that all parts need. All in the arena. */
/* What printf makes of the format in the annex's language. */
__attribute__((format(printf, 2, 4), format(printf, 3, 4))) const char *annex_say(
    const struct annex *annex, const char *en, const char *zh, ...);
static inline const char *annex_in(const struct annex *annex, const char *en, const char *zh) {
    return annex->zh ? zh : en;
}
const char *annex_name(const struct annex *annex, const struct baton_text *text, const char *id);
const char *annex_node_name(const struct annex *annex, uint32_t node);
const char *annex_unit_name(const struct annex *annex, uint32_t unit);
/* At 12 significant digits; points to at most 4 decimals, without zeros behind the last. */
const char *annex_number(const struct annex *annex, double number);
const char *annex_points(const struct annex *annex, double points);
/* Between DOCUMENT_CODE and DOCUMENT_END. */
const char *annex_code(const struct annex *annex, const char *text);
/* An expression in words; the same with the expression as written behind `between`, where that says something else. */
const char *annex_rule(const struct annex *annex, const struct rule *rule, enum baton_over over,
                       bool before_adjustments);
const char *annex_rule_both(const struct annex *annex, const struct rule *rule,
                            enum baton_over over, bool before_adjustments, const char *between);
/* The same inside of a sentence, as written in brackets. */
const char *annex_rule_inline(const struct annex *annex, const struct rule *rule,
                              enum baton_over over);
/* Whether the words are the expression as written, but for blanks and the form of its signs. */
bool annex_is_as_written(const struct annex *annex, const char *words, const struct rule *rule);
/* Adds `more` to a list: before, between and more; `more` alone where the list is empty ("" or NULL). */
const char *annex_join(const struct annex *annex, const char *before, const char *between,
                       const char *more);
/* A numbered paragraph. */
__attribute__((format(printf, 2, 4), format(printf, 3, 4))) void annex_item(
    const struct annex *annex, const char *en, const char *zh, ...);
/* Whether a unit is there in the scheme's period. */
bool annex_takes_part(const struct annex *annex, uint32_t unit);
bool annex_has_group(const struct annex *annex, uint32_t group);
/* How a missing figure of a leaf is treated: 按零分计. */
const char *annex_missing(const struct annex *annex, const struct baton_node *node);
/* 得分保留2位小数; 2 decimals. */
const char *annex_decimals(const struct annex *annex, int32_t decimals);
const char *annex_frequency(const struct annex *annex, enum baton_period_kind kind);

/* ---- Sections; each begins with its heading. */
void annex_units(const struct annex *annex);
void annex_weights(const struct annex *annex);
void annex_indicators(const struct annex *annex);
void annex_methods(const struct annex *annex);
void annex_totals(const struct annex *annex);
void annex_adjustments(const struct annex *annex);
void annex_ranks(const struct annex *annex);
void annex_awards(const struct annex *annex);
void annex_checks(const struct annex *annex);
void annex_clauses(const struct annex *annex);

/* annex.c: an annex that is to tell of `one` node only (BATON_NONE = of all), with nothing in its document. */
struct annex annex_open(struct baton_arena *arena, const struct annex_view *view, uint32_t one);

/* annex_indicators.c: what a leaf counts, when its figure is due, its bounds, which direction is better (NULL = with its method none is), what an organ is called. */
const char *annex_figure(const struct annex *annex, uint32_t leaf);
const char *annex_time(const struct annex *annex, uint32_t leaf);
const char *annex_bounds(const struct annex *annex, const struct baton_node *leaf);
const char *annex_direction(const struct annex *annex, const struct baton_node *leaf);
const char *annex_organ(const struct annex *annex, const char *organ);

/* annex_adjust.c: what a veto or gate does. */
const char *annex_effect(const struct annex *annex, uint32_t effect);
/* annex_methods.c: what a method is called; how it scores; what it is called and where it is found. */
const char *annex_method_name(const struct annex *annex, const struct baton_method *method);
/* How a method scores: paragraphs and tables, without a heading. */
void annex_method_told(const struct annex *annex, uint32_t method);
const char *annex_method_reference(const struct annex *annex, uint32_t method);

#endif
