/* The table, with roles and stages by their words. */
#include "ledger/stage.h"
#include "base/text.h"
#include <assert.h>
#include <string.h>

static const struct {
    const char *word, *name[2];
} stages[STAGES] = {
    {"none", {"none", "未填报"}},
#define STAGE(name, word, en, zh) {word, {en, zh}},
#include "ledger/stages.def"
};

static const struct act_info acts[ACTS] = {
#define ACT(name, word, from, to, roles, whose, until, reason, en, zh) \
    {word, from, STAGE_##to, roles, WHOSE_##whose, UNTIL_##until, (reason) == 1, {en, zh}},
#include "ledger/stages.def"
};

const struct act_info *act_info(enum act act) {
    assert(act < ACTS);
    return &acts[act];
}

const char *stage_word(enum stage stage) {
    return stages[stage].word;
}

const char *stage_name(enum stage stage, enum baton_language language) {
    return stages[stage].name[language];
}

bool stage_of_word(const char *word, enum stage *out) {
    for (int s = STAGE_NONE + 1; s < STAGES; s++)
        if (strcmp(stages[s].word, word) == 0) {
            *out = (enum stage)s;
            return true;
        }
    return false;
}

bool act_leads(enum act act, enum stage from, enum stage to) {
    return acts[act].to == to &&
           text_is_word_of(acts[act].from, stages[from].word, strlen(stages[from].word));
}

bool stage_is_owed(enum stage stage, const char *state) {
    return stage == STAGE_ACCEPTED && strcmp(state, "pending") == 0;
}

uint32_t act_roles(enum act act) {
    return rights_bits(acts[act].roles);
}
