/* The tables of a package that are facts in a ledger. */
#include "flow/tables.h"
#include <string.h>

/* clang-format off */
const struct flow_table flow_tables[FLOW_TABLES] = {
    {"units.csv", FACT_UNIT, true,
     {{"id", true}, {"name", true}, {"name_en", false}, {"group", true}, {"parent", false}, {"kind", false},
      {"order", false}, {"joined", false}, {"left", false}}},
    {"successions.csv", FACT_SUCCESSION, false,
     {{"from", true}, {"to", true}, {"date", true}, {"share", false}}},
    {"targets.csv", FACT_TARGET, false,
     {{"unit", true}, {"indicator", true}, {"period", true}, {"target", true}, {"baseline", false}}},
    {"observations.csv", FACT_OBSERVATION, true,
     {{"unit", true}, {"element", true}, {"period", true}, {"value", true}, {"state", false}, {"source", false},
      {"document", false}}},
    {"adjustments.csv", FACT_ADJUSTMENT, false,
     {{"unit", true}, {"period", true}, {"item", true}, {"level", false}, {"points", false}, {"count", false},
      {"honour", false}, {"issued", false}, {"reason", true}, {"document", false}}},
};
/* clang-format on */

const struct flow_table *flow_table_of_file(const char *name) {
    for (size_t i = 0; i < FLOW_TABLES; i++)
        if (strcmp(flow_tables[i].file, name) == 0)
            return &flow_tables[i];
    return NULL;
}

const struct flow_table *flow_table_of_kind(enum fact_kind kind) {
    for (size_t i = 0; i < FLOW_TABLES; i++)
        if (flow_tables[i].kind == kind)
            return &flow_tables[i];
    return NULL;
}

bool flow_is_scheme_file(const char *name) {
    return strcmp(name, "scheme.yaml") == 0 || strcmp(name, "indicators.csv") == 0 ||
           strcmp(name, "weights.csv") == 0 || strncmp(name, "documents/", 10) == 0 ||
           strncmp(name, "mappings/", 9) == 0;
}
