/* Looking at a list of grades: what its conditions are in a box, and along the line of a quantity. */
#include "analyse/lint_study.h"

unsigned study_holds(const struct study *study, uint32_t grade) {
    return study->when[grade] == NULL
               ? CAN_HOLD
               : regions_condition(&study->regions, study->at, study->when[grade]->tree);
}

uint32_t study_best(const struct study *study, uint32_t first) {
    uint32_t i = first;
    while (i < study->grades->count && (study_holds(study, i) & CAN_HOLD) == 0)
        i++;
    return i;
}

struct baton_where study_where(const struct study *study, uint32_t grade) {
    const struct baton_grade *item = &study->grades->item[grade];
    return item->when.text != NULL ? item->when.at : item->at;
}

void study_look_at(struct study *study, size_t quantity, int region) {
    for (size_t q = 0; q < study->regions.count; q++)
        study->at[q] = REGION_UNKNOWN;
    study->at[quantity] = region;
}

const char *study_example(const struct study *study, const struct stretch *stretch) {
    const struct quantity *quantity = &study->regions.quantity[stretch->quantity];
    const int region = stretch->inside >= 0 ? stretch->inside : stretch->first;
    return arena_printf(study->lint->arena, "%s = %s", quantity->text,
                        lint_number(study->lint, region_example(quantity, region)));
}

const char *study_words(const struct study *study, const struct stretch *stretch) {
    return region_written(&study->regions, &study->regions.quantity[stretch->quantity],
                          stretch->first, stretch->last);
}

bool study_find(struct study *study, size_t q, bool (*is)(struct study *study, const void *context),
                const void *context, struct stretch *out) {
    const struct quantity *quantity = &study->regions.quantity[q];
    *out = (struct stretch){q, -1, -1, -1};
    for (int region = 0; region < region_count(quantity); region++) {
        if (!region_possible(quantity, region, false))
            continue;
        study_look_at(study, q, region);
        if (is(study, context)) {
            out->first = out->first < 0 ? region : out->first;
            out->last = region;
            if (out->inside < 0 && region_possible(quantity, region, true))
                out->inside = region;
            continue;
        }
        if (out->inside >= 0)
            return true;
        out->first = -1;
    }
    return out->inside >= 0;
}
