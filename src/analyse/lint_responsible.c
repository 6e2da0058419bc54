/* Lint: every leaf has a source, a data owner and a basis. Where no leaf has one, that is one finding for the table. */
#include "analyse/lint.h"
#include "base/macros.h"
#include <stddef.h>

static const char *text_of(const struct baton_node *node, size_t offset) {
    return *(const char *const *)((const char *)node + offset);
}

void lint_responsible(struct lint *lint) {
    static const struct {
        baton_code code;
        const char *field;
        size_t offset;
    } columns[] = {
        {BATON_LINT_SOURCE_NONE, "source", offsetof(struct baton_node, source)},
        {BATON_LINT_OWNER_NONE, "verifier", offsetof(struct baton_node, verifier)},
        {BATON_LINT_BASIS_NONE, "basis", offsetof(struct baton_node, basis)},
    };
    const struct baton_scheme *scheme = lint->scheme;
    for (size_t c = 0; c < LENGTH(columns); c++) {
        bool any = false;
        for (uint32_t n = 1; n < scheme->node_count; n++)
            any = any || text_of(&scheme->node[n], columns[c].offset) != NULL;
        if (!any)
            lint_report(lint, columns[c].code, (struct baton_where){.file = "indicators.csv"},
                        columns[c].field, NULL, NULL, NULL, NULL);
        for (uint32_t n = 1; any && n < scheme->node_count; n++)
            if (lint_is_leaf(scheme, n) && text_of(&scheme->node[n], columns[c].offset) == NULL)
                lint_report(lint, columns[c].code, scheme->node[n].at, columns[c].field,
                            scheme->node[n].id, NULL, NULL, NULL);
    }
}
