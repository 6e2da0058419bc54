/* The register, what is asked twice, the burden and the assessments of a year for programs: members of JSON, lines of CSV. Words as schemes and facts have them. */
#ifndef FLOW_REGISTER_PRINT_H
#define FLOW_REGISTER_PRINT_H

#include "base/json.h"
#include "flow/burden.h"
#include "flow/register_assessments.h"
#include "flow/register_twice.h"

/* What else is told of figures. */
struct register_telling {
    const struct figure_register *of;
    const struct permits *permits;
    int32_t day; /* on which lists are looked at */
    enum baton_language language;
};

void register_json(struct json *json, const struct register_telling *telling,
                   const struct register_figure *figure);
void register_csv_head(struct writer *writer);
void register_csv(struct writer *writer, const struct register_telling *telling,
                  const struct register_figure *figure);

void twice_json(struct json *json, const struct register_telling *telling,
                const struct twice *twice);
void twice_csv_head(struct writer *writer);
void twice_csv(struct writer *writer, const struct register_telling *telling,
               const struct twice *twice);
/* The command by which the later figure is taken from the earlier one; NULL where it cannot be. */
const char *twice_command(struct baton_arena *arena, const struct register_telling *telling,
                          const char *ledger, const struct twice *twice);

/* Minutes are told with the sums. */
void burden_json(struct json *json, const struct burden_row *row,
                 const struct burden_effort *effort);
void burden_total_json(struct json *json, const char *name, const struct burden_sum *sum,
                       const struct burden_effort *effort);
void burden_csv_head(struct writer *writer);
void burden_csv(struct writer *writer, const struct burden_row *row,
                const struct burden_effort *effort);
void burden_table_json(struct json *json, const struct burden_table *table, enum burden_by by,
                       int year, const struct burden_effort *effort);
const char *burden_by_word(enum burden_by by);

void registered_json(struct json *json, const struct registered *one);
void registered_list_json(struct json *json, const struct registered_list *list, int year);
void registered_csv_head(struct writer *writer);
void registered_csv(struct writer *writer, const struct registered *one, int year);

#endif
