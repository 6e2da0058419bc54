/* Ids are looked up one by one, and what is nearest is kept for the message. */
#include "server/find.h"
#include "base/text.h"
#include <string.h>

baton_code call_ranked_unit(struct call *call, const struct baton_scheme *scheme, const char *id,
                            uint32_t *out) {
    struct text_guess guess = {.text = id, .size = strlen(id)};
    for (uint32_t u = 0; u < scheme->unit_count; u++) {
        if (strcmp(scheme->unit[u].id, id) == 0) {
            *out = u;
            return u < scheme->ranked_count
                       ? BATON_OK
                       : call_refuse_at(call, BATON_UNIT_NOT_RANKED, "unit", id, NULL, NULL, NULL);
        }
        text_guess_offer(&guess, scheme->unit[u].id, strlen(scheme->unit[u].id));
    }
    return call_refuse_at(call, BATON_UNIT_UNKNOWN, "unit", id, guess.best, NULL, NULL);
}

baton_code call_group(struct call *call, const struct baton_scheme *scheme, const char *id,
                      uint32_t *out) {
    struct text_guess guess = {.text = id, .size = strlen(id)};
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        if (strcmp(scheme->group[g].id, id) == 0) {
            *out = g;
            return BATON_OK;
        }
        text_guess_offer(&guess, scheme->group[g].id, strlen(scheme->group[g].id));
    }
    return call_refuse_at(call, BATON_GROUP_UNKNOWN, "group", id, guess.best, NULL, NULL);
}

baton_code call_node(struct call *call, const struct baton_scheme *scheme, const char *id,
                     uint32_t *out) {
    struct text_guess guess = {.text = id, .size = strlen(id)};
    *out = 0;
    if (id[0] == '\0' || strcmp(id, "total") == 0 || strcmp(id, "base") == 0)
        return BATON_OK;
    for (uint32_t n = 1; n < scheme->node_count; n++) {
        if (strcmp(scheme->node[n].id, id) == 0) {
            *out = n;
            return BATON_OK;
        }
        text_guess_offer(&guess, scheme->node[n].id, strlen(scheme->node[n].id));
    }
    return call_refuse_at(call, BATON_INDICATOR_UNKNOWN, "node", id, guess.best, NULL, NULL);
}
