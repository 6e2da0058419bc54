/* The same for whoever corrects by a command and over the server. */
#include "flow/correction.h"
#include "ledger/fact.h"
#include <string.h>

bool correction_keeps(const struct field *field, bool has_value, bool has_state) {
    return field->name[0] != '@' && strcmp(field->name, "x_origin") != 0 &&
           !(has_value && strcmp(field->name, "state") == 0) &&
           !(has_state && strcmp(field->name, "value") == 0);
}

static const char *said(const struct fact_body *fact, const char *name) {
    for (size_t i = 0; i < fact->field_count; i++)
        if (strcmp(fact->field[i].name, name) == 0)
            return fact->field[i].value;
    return "";
}

bool figure_contradicts(const struct fact_body *fact, const char **value, const char **state) {
    *value = said(fact, "value");
    *state = said(fact, "state");
    return strcmp(fact->kind, fact_kind_info(FACT_OBSERVATION)->word) == 0 && **value != '\0' &&
           **state != '\0';
}
