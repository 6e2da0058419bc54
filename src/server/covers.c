/* Judged before the ledger judges: it knows persons, not the tokens by which they act. */
#include "server/covers.h"
#include "base/text.h"
#include "base/writer.h"
#include "server/gate.h"
#include "server/sight.h"
#include <inttypes.h>
#include <string.h>

static const struct signed_in *who_of(const struct call *call) {
    return &caller_of(call->request)->who;
}

static baton_code lacks(struct call *call, const char *what) {
    return call_refuse(call, BATON_SCOPE_LACKING, what, NULL, NULL, NULL);
}

/* Whether a list of ids, separated by spaces, has one; an empty list has all. */
static bool has_word(const char *list, const char *word) {
    const size_t size = strlen(word);
    if (*list == '\0')
        return true;
    for (const char *at = list; (at = strstr(at, word)) != NULL; at += size)
        if ((at == list || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return true;
    return false;
}

bool covers_unit(const struct signed_in *who, const char *unit) {
    return *unit == '\0' ? who->units[0] == '\0' : has_word(who->units, unit);
}

/* A field as a text, "" without one. */
static const char *text_of(struct call *call, const struct fact_body *fact, const char *name) {
    for (size_t i = 0; i < fact->field_count; i++)
        if (strcmp(fact->field[i].name, name) == 0)
            return arena_text(call->arena, fact->field[i].value, fact->field[i].size);
    return "";
}

static uint32_t needed_for(enum covers_act act, enum fact_kind kind) {
    switch (act) {
    case COVERS_PROPOSING:
        return rights_to_propose(kind);
    case COVERS_DECIDING:
        return rights_to_decide(kind);
    default:
        return rights_to_say(kind);
    }
}

/* Its assessment and unit; of a kind that is none the ledger tells. */
static baton_code covers_place(struct call *call, const struct fact_body *fact) {
    const struct signed_in *const who = who_of(call);
    const char *const unit = text_of(call, fact, "unit");
    if (who->assessment[0] != '\0' && strcmp(who->assessment, fact->assessment) != 0)
        return lacks(call, fact->assessment[0] != '\0' ? fact->assessment : fact->kind);
    if (who->units[0] != '\0' && (fact->assessment[0] == '\0' || *unit == '\0'))
        return lacks(call, fact->kind);
    return covers_unit(who, unit) ? BATON_OK : lacks(call, unit);
}

/* The row that a fact corrects, which may be of another unit than the fact. */
static baton_code covers_corrected(struct call *call, const struct fact_body *fact) {
    const char *const text = text_of(call, fact, "@corrects");
    uint64_t position, size;
    struct entry entry;
    if (*text == '\0')
        return BATON_OK;
    TRY(call_reader(call));
    TRY(reader_size(call->reader, &size));
    if (!fact_position(text, &position) || position >= size)
        return lacks(call, text);
    TRY(reader_entry(call->reader, call->arena, position, &entry));
    return covers_place(call, &entry.body);
}

/* Its fields in order, each ending with a NUL, as those of facts that were read. */
static struct fact_body in_order(struct call *call, const struct fact_body *fact) {
    struct field *const field = arena_alloc(call->arena, fact->field_count, sizeof *field);
    size_t count = fact->field_count;
    for (size_t i = 0; i < count; i++) {
        field[i] = fact->field[i];
        field[i].value = arena_text(call->arena, field[i].value, field[i].size);
    }
    (void)fields_sort(field, &count); /* a name that comes twice is refused by the ledger */
    return (struct fact_body){fact->kind, fact->assessment, field, count};
}

baton_code covers_facts(struct call *call, enum covers_act act, const struct fact_body *fact,
                        size_t count) {
    if (!who_of(call)->is_token)
        return BATON_OK;
    TRY(sight_need(call));
    for (size_t i = 0; i < count; i++) {
        const struct fact_body ordered = in_order(call, &fact[i]);
        enum fact_kind kind;
        TRY(covers_place(call, &fact[i]));
        TRY(covers_corrected(call, &fact[i]));
        if (fact_kind_of(fact[i].kind, &kind) &&
            !sight_acts(call, needed_for(act, kind), kind, &ordered))
            return lacks(call, fact[i].kind);
    }
    return BATON_OK;
}

uint32_t covers_roles(const struct call *call) {
    return who_of(call)->is_token ? who_of(call)->roles : 0;
}

baton_code covers_import(void *call, bool proposes, const struct fact_body *fact, size_t count) {
    return covers_facts(call, proposes ? COVERS_PROPOSING : COVERS_SAYING, fact, count);
}

static baton_code refuse_proposal(struct call *call, uint64_t position) {
    return call_refuse(call, BATON_PROPOSAL_UNKNOWN,
                       arena_printf(call->arena, "%" PRIu64, position), NULL, NULL, NULL);
}

baton_code covers_proposal(struct call *call, enum covers_act act, uint64_t position) {
    struct entry entry;
    uint64_t size;
    if (!who_of(call)->is_token)
        return BATON_OK;
    TRY(call_reader(call));
    TRY(reader_size(call->reader, &size));
    if (position >= size)
        return refuse_proposal(call, position);
    TRY(reader_entry(call->reader, call->arena, position, &entry));
    if (strcmp(entry.body.kind, fact_kind_info(FACT_PROPOSAL)->word) != 0)
        return refuse_proposal(call, position);
    for (size_t i = 0; i < entry.body.field_count; i++) {
        const struct field *const field = &entry.body.field[i];
        struct fact_body fact;
        if (field->type != 'f')
            continue;
        TRY(body_read(call->arena, field->value, field->size, &fact));
        TRY(covers_facts(call, act, &fact, 1));
    }
    return BATON_OK;
}

static const char *role_words(struct call *call, uint32_t roles) {
    struct writer *list = writer_memory(call->arena);
    bool is_first = true;
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if ((roles >> role & 1) != 0) {
            writer_printf(list, "%s%s", is_first ? "" : ", ", role_word((enum role)role));
            is_first = false;
        }
    return writer_text_of(list);
}

baton_code covers_saying(struct call *call, enum fact_kind kind) {
    const char *const word = fact_kind_info(kind)->word;
    uint32_t roles;
    TRY(people_roles(call->api->people, call->arena, call_actor(call), &roles, &call->found));
    if ((roles & rights_to_say(kind)) == 0)
        return call_refuse(call, BATON_RIGHT_LACKING, call_actor(call), word,
                           role_words(call, rights_to_say(kind)), NULL);
    return BATON_OK;
}
