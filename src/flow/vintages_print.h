/* Vintages, and what revisions did to a result, as JSON and CSV. */
#ifndef FLOW_VINTAGES_PRINT_H
#define FLOW_VINTAGES_PRINT_H

#include "base/json.h"
#include "flow/vintages.h"

/* A row whose sayings stand side by side, as an object: kind, key (its parts separated by commas), unit, what, period, `first`, `revised` (an array), `final`. Of a row that was said once first and final are
 * the same. `row` has one saying at least. */
void vintages_json(struct baton_arena *arena, struct json *json, const struct vintages *row);
/* A line of it: figures only, what was revised in between separated by spaces. */
void vintages_csv_head(struct writer *writer);
void vintages_csv(struct baton_arena *arena, struct writer *writer, const struct vintages *row);

/* What one revision did, as an object: the row, before, after, `units` that changed; `problem` where nothing can be compared. */
void effect_json(struct baton_arena *arena, struct json *json,
                 const struct revision_effect *effect);
/* A line for each unit that changed, one without a unit where none did. */
void effects_csv(struct writer *writer, const struct revision_effects *effects);

#endif
