/* Posts are looked through one by one: a person has a few. Whatever is not found to be readable is not. */
#include "server/sight.h"
#include "base/writer.h"
#include "flow/post_reach.h"
#include "ledger/stage.h"
#include "server/api.h"
#include "server/covers.h"
#include "server/gate.h"
#include "server/sight_inside.h"
#include <assert.h>
#include <inttypes.h>
#include <string.h>

baton_code sight_make(struct api *api, struct baton_arena *arena, const struct signed_in *who,
                      bool at_once, struct sight **out, struct baton_findings *found) {
    const struct people_now *now = people_at_once(api->people, arena);
    struct sight *sight;
    struct reach reach;
    *out = NULL;
    if (now == NULL && at_once)
        return BATON_OK;
    if (now == NULL)
        TRY(people_now(api->people, arena, &now, found));
    sight = arena_alloc(arena, 1, sizeof *sight);
    sight->now = now;
    sight->who = who;
    if (standing_reach(now->standing, who->person, people_time_utc_ms(api->people), &reach)) {
        struct standing_post post[SIGHT_POSTS];
        const size_t count = standing_posts(&reach, SIGHT_POSTS, post);
        for (size_t i = 0; i < count && i < SIGHT_POSTS; i++)
            if ((who->roles >> post[i].role & 1) != 0)
                sight->post[sight->post_count++] = post[i];
        sight->roles = reach.roles & who->roles;
        sight->whole = reach.whole & who->roles;
    }
    *out = sight;
    return BATON_OK;
}

baton_code sight_need(struct call *call) {
    struct caller *const caller = call->request->mine;
    return caller->sight != NULL ? BATON_OK
                                 : sight_make(call->api, call->arena, &caller->who, false,
                                              &caller->sight, &call->found);
}

struct sight *sight_of(const struct call *call) {
    const struct caller *const caller = caller_of(call->request);
    assert(caller->sight != NULL); /* routes that are for one's own account only have none */
    return caller->sight;
}

/* Tokens */

static bool is_limited(const struct sight *sight) {
    return sight->who->assessment[0] != '\0' || sight->who->units[0] != '\0';
}

bool sight_token_over(const struct sight *sight, const char *assessment) {
    return sight->who->assessment[0] == '\0' || strcmp(sight->who->assessment, assessment) == 0;
}

bool sight_token_unit(const struct sight *sight, const char *unit) {
    return covers_unit(sight->who, unit);
}

/* Assessments */

static bool is_for(const struct standing_post *post, const char *assessment) {
    return post->assessment[0] == '\0' || assessment[0] == '\0' ||
           strcmp(post->assessment, assessment) == 0;
}

static uint32_t bit(const struct standing_post *post) {
    return UINT32_C(1) << post->role;
}

uint32_t sight_roles_over(const struct sight *sight, const char *assessment) {
    uint32_t roles = 0;
    if (assessment[0] == '\0')
        return sight->whole;
    if (!sight_token_over(sight, assessment))
        return 0;
    for (size_t i = 0; i < sight->post_count; i++)
        if (is_for(&sight->post[i], assessment))
            roles |= bit(&sight->post[i]);
    return roles;
}

uint32_t sight_roles_of_ledger(const struct sight *sight) {
    return is_limited(sight) ? 0 : sight->whole;
}

bool sight_over(const struct sight *sight, const char *assessment) {
    return (sight_roles_over(sight, assessment) & rights_to_read(FACT_SCHEME)) != 0;
}

/* The same, of facts of a kind: whoever administers one assessment reads of the ledger as a whole what everybody does. */
static bool reads_of(const struct standing_post *post, enum fact_kind kind,
                     const char *assessment) {
    const uint32_t everybody = UINT32_C(1) << ROLE_SYSTEM_ADMIN;
    return is_for(post, assessment) &&
           (assessment[0] != '\0' || post->assessment[0] == '\0' || !role_administers(post->role) ||
            (rights_to_read(kind) & everybody) != 0);
}

enum sight_far sight_far(const struct sight *sight, enum fact_kind kind, const char *assessment) {
    const uint32_t all = rights_to_read(kind), units = rights_to_read_units(kind);
    enum sight_far far = SIGHT_NOTHING;
    if (assessment[0] == '\0' ? is_limited(sight) : !sight_token_over(sight, assessment))
        return SIGHT_NOTHING;
    for (size_t i = 0; i < sight->post_count; i++) {
        const struct standing_post *const post = &sight->post[i];
        if (!reads_of(post, kind, assessment) || ((all | units) & bit(post)) == 0)
            continue;
        far = SIGHT_PART;
        const bool is_narrow = (kind == FACT_EVIDENCE && post->role != ROLE_AUDITOR) ||
                               (post->indicator[0] != '\0' && standing_leans_on_indicators(kind)) ||
                               ((all & bit(post)) == 0 && post->is_of_unit) ||
                               (sight->who->units[0] != '\0' && units != 0);
        if (!is_narrow)
            return SIGHT_ALL;
    }
    return far;
}

baton_code sight_board(struct call *call, const char *assessment) {
    return sight_far(sight_of(call), FACT_POSTING, assessment) != SIGHT_NOTHING
               ? BATON_OK
               : call_refuse(call, BATON_READING_LACKING, call_actor(call), assessment, NULL, NULL);
}

/* One look, as the body of an arena_run. */
struct watching {
    struct api *api;
    struct baton_arena *arena;
    const struct signed_in *who;
    const char *assessment;
    bool may;
};

static baton_code watch_body(void *context) {
    struct watching *const watching = context;
    struct baton_findings found = {.arena = watching->arena};
    struct sight *sight;
    TRY(sight_make(watching->api, watching->arena, watching->who, true, &sight, &found));
    if (sight != NULL)
        watching->may = sight_far(sight, FACT_POSTING, watching->assessment) != SIGHT_NOTHING;
    return BATON_OK;
}

/* From memory alone. What is not there is read within a second, by whoever tends the server, and the stream stays until it is looked at again. */
bool sight_may_watch(void *api, const struct signed_in *who, const char *assessment) {
    struct watching watching = {api, arena_open(), who, assessment, true};
    const baton_code code = arena_run(watching.arena, watch_body, &watching);
    arena_close(watching.arena);
    return code != BATON_OK || watching.may;
}

/* Units */

/* Whether a unit stands within what the i-th post reads of facts of the kind. */
static bool reads_unit(const struct sight *sight, const struct standing_post *post,
                       enum fact_kind kind, const char *assessment, const char *unit) {
    if ((rights_to_read(kind) & bit(post)) != 0)
        return true;
    if ((rights_to_read_units(kind) & bit(post)) == 0)
        return false;
    return !post->is_of_unit ||
           standing_unit_within(sight->now->standing, assessment, unit, post->unit);
}

static bool sees_unit(const struct sight *sight, const char *assessment, const char *unit) {
    for (size_t i = 0; i < sight->post_count; i++)
        if (is_for(&sight->post[i], assessment) &&
            reads_unit(sight, &sight->post[i], FACT_OBSERVATION, assessment, unit))
            return sight_token_unit(sight, unit);
    return false;
}

const char *sight_next_unit(struct call *call, const char *assessment, const char *unit) {
    const struct sight *const sight = sight_of(call);
    const struct hash_key *key;
    const size_t count = standing_units(sight->now->standing, assessment, &key);
    const char *best = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *const id = key[i].text;
        if (strcmp(id, unit) >= 0 && (best == NULL || strcmp(id, best) < 0) &&
            sees_unit(sight, assessment, id))
            best = id;
    }
    return best;
}

/* Indicators */

/* What the posts that name indicators reach in an assessment, by the newest version of its scheme that could be scored. */
static void find_indicators(struct call *call, const char *assessment) {
    struct sight *const sight = sight_of(call);
    const struct baton_period whole = {0};
    struct live_result *held;
    if (sight->reached != NULL && strcmp(sight->reached, assessment) == 0)
        return;
    sight->reached = arena_text(call->arena, assessment, strlen(assessment));
    memset(sight->by_indicator, 0, sizeof sight->by_indicator);
    held = arena_alloc(call->arena, 1, sizeof *held);
    if (!live_result(call->api->live, assessment, whole, held))
        return;
    live_release_with(call->arena, held);
    for (size_t i = 0; i < sight->post_count && held->session != NULL; i++) {
        struct post_reach *const reach = arena_alloc(call->arena, 1, sizeof *reach);
        post_reach_of(call->arena, held->session, sight->post[i].indicator, reach);
        sight->by_indicator[i] = reach;
    }
}

static bool reads_indicator(struct call *call, size_t i, enum fact_kind kind,
                            const struct fact_body *body) {
    const struct sight *const sight = sight_of(call);
    if (sight->post[i].indicator[0] == '\0' || !standing_leans_on_indicators(kind))
        return true;
    find_indicators(call, body->assessment);
    return sight->by_indicator[i] != NULL && post_reaches(sight->by_indicator[i], kind, body);
}

/* Facts */

/* Targets may be for whole groups, or for all. */
static bool is_for_many(enum fact_kind kind, const char *unit) {
    return kind == FACT_TARGET && (strcmp(unit, "*") == 0 || strncmp(unit, "group:", 6) == 0);
}

/* The units of whom a fact is: whoever reads one of them reads it. A report is of the unit that brings it in and, once that has handed it in, of the one that it is about. */
struct units_of {
    const char *unit[2]; /* NULL = no second one */
    bool is_under_way;   /* only those who report look at it */
};

static struct units_of units_of(enum fact_kind kind, const struct fact_body *body) {
    const char *const unit = body_text(body, "unit"), *const reporter = body_text(body, "reporter");
    const char *const stage = body_text(body, "stage");
    if (kind != FACT_REPORT)
        return (struct units_of){{unit, NULL}, false};
    if (*stage == '\0' || strcmp(stage, stage_word(STAGE_DRAFT)) == 0 ||
        strcmp(stage, stage_word(STAGE_SIGNED)) == 0)
        return (struct units_of){{reporter, NULL},
                                 true}; /* one that was thrown away says no reporter */
    return (struct units_of){{reporter, unit}, false};
}

static bool reads_one_of(const struct sight *sight, const struct standing_post *post,
                         enum fact_kind kind, const char *assessment, const struct units_of *of) {
    if (of->is_under_way &&
        (bit(post) & (rights_to_read_units(kind) | rights_bits("auditor"))) == 0)
        return false;
    return reads_unit(sight, post, kind, assessment, of->unit[0]) ||
           (of->unit[1] != NULL && reads_unit(sight, post, kind, assessment, of->unit[1]));
}

bool sight_reads_fact(struct call *call, enum fact_kind kind, const struct fact_body *body) {
    const struct sight *const sight = sight_of(call);
    const struct units_of of = units_of(kind, body);
    const bool has_units = rights_to_read_units(kind) != 0;
    const bool is_many = is_for_many(kind, of.unit[0]);
    const enum sight_far far = sight_far(sight, kind, body->assessment);
    if (far == SIGHT_NOTHING || kind == FACT_EVIDENCE) /* that goes as the facts that name it */
        return far == SIGHT_ALL;
    if (has_units && !is_many && !sight_token_unit(sight, of.unit[0]) &&
        (of.unit[1] == NULL || !sight_token_unit(sight, of.unit[1])))
        return false;
    for (size_t i = 0; i < sight->post_count; i++) {
        const struct standing_post *const post = &sight->post[i];
        if (!reads_of(post, kind, body->assessment))
            continue;
        if ((has_units && is_many
                 ? ((rights_to_read(kind) | rights_to_read_units(kind)) & bit(post)) != 0
                 : reads_one_of(sight, post, kind, body->assessment, &of)) &&
            reads_indicator(call, i, kind, body))
            return true;
    }
    return false;
}

/* Roles in which somebody stands in have no post, and are for the ledger as a whole. */
bool sight_acts(struct call *call, uint32_t needed, enum fact_kind kind,
                const struct fact_body *body) {
    const struct sight *const sight = sight_of(call);
    const char *const unit = standing_unit_of(kind, body);
    uint32_t by_post = 0;
    for (size_t i = 0; i < sight->post_count; i++) {
        const struct standing_post *const post = &sight->post[i];
        by_post |= bit(post);
        if ((needed & bit(post)) != 0 && is_for(post, body->assessment) &&
            (*unit == '\0' || !post->is_of_unit ||
             standing_unit_within(sight->now->standing, body->assessment, unit, post->unit)) &&
            (!standing_leans_on_indicators(kind) || reads_indicator(call, i, kind, body)))
            return true;
    }
    return (needed & sight->roles & ~by_post) != 0;
}

/* Persons and posts are one's own by whom they are about. */
static bool is_about(const struct sight *sight, enum fact_kind kind, const struct fact_body *body) {
    return (kind == FACT_PERSON && strcmp(body_text(body, "id"), sight->who->person) == 0) ||
           (kind == FACT_POST && strcmp(body_text(body, "person"), sight->who->person) == 0);
}

bool sight_is_own(const struct sight *sight, enum fact_kind kind, const struct entry *entry) {
    if (strcmp(entry->actor, sight->who->person) != 0 && !is_about(sight, kind, &entry->body))
        return false;
    if (!is_limited(sight))
        return true;
    const struct fact_body *const body = &entry->body;
    return body->assessment[0] != '\0' && sight_token_over(sight, body->assessment) &&
           sight_token_unit(sight, body_text(body, "unit"));
}

/* Results */

/* Bits of the posts whose role reads figures in the assessment; *all where one reads them without a limit. */
static uint64_t posts_of(const struct sight *sight, const char *assessment) {
    const uint32_t roles =
        rights_to_read(FACT_OBSERVATION) | rights_to_read_units(FACT_OBSERVATION);
    uint64_t bits = 0;
    for (size_t i = 0; i < sight->post_count; i++)
        if (is_for(&sight->post[i], assessment) && (roles & bit(&sight->post[i])) != 0)
            bits |= UINT64_C(1) << i;
    return sight_token_over(sight, assessment) ? bits : 0;
}

static uint64_t unit_bits(const struct sight *sight, uint64_t posts, const char *assessment,
                          const char *unit) {
    uint64_t bits = 0;
    if (!sight_token_unit(sight, unit))
        return 0;
    for (size_t i = 0; i < sight->post_count; i++)
        if ((posts >> i & 1) != 0 &&
            reads_unit(sight, &sight->post[i], FACT_OBSERVATION, assessment, unit))
            bits |= UINT64_C(1) << i;
    return bits;
}

static void node_bits(struct call *call, uint64_t posts, const struct baton_session *session,
                      uint64_t *of_node) {
    const struct sight *const sight = sight_of(call);
    const struct baton_scheme *const scheme = baton_session_scheme(session);
    for (size_t i = 0; i < sight->post_count; i++) {
        const char *const indicator = sight->post[i].indicator;
        struct post_reach reach;
        if ((posts >> i & 1) == 0)
            continue;
        if (indicator[0] != '\0')
            post_reach_of(call->arena, session, indicator, &reach);
        for (uint32_t n = 0; n < scheme->node_count; n++)
            if (indicator[0] == '\0' || reach.node[n])
                of_node[n] |= UINT64_C(1) << i;
    }
}

/* Who has posts of the same units and indicators, by the same state of posts and units, may read the same. */
static const char *reach_text(struct call *call, uint64_t posts) {
    const struct sight *const sight = sight_of(call);
    struct writer *const writer = writer_memory(call->arena);
    writer_printf(writer, "%" PRIu64 "\x1d%s", sight->now->number, sight->who->units);
    for (size_t i = 0; i < sight->post_count; i++) {
        const struct standing_post *const post = &sight->post[i];
        if ((posts >> i & 1) != 0)
            writer_printf(writer, "\x1d%s\x1c%s",
                          (rights_to_read(FACT_OBSERVATION) & bit(post)) == 0 && post->is_of_unit
                              ? post->unit
                              : "",
                          post->indicator);
    }
    return writer_text_of(writer);
}

baton_code sight_result(struct call *call, const char *assessment,
                        const struct baton_session *session, struct sight_result *out) {
    const struct sight *const sight = sight_of(call);
    const struct baton_scheme *const scheme = baton_session_scheme(session);
    *out = (struct sight_result){.reach = ""};
    if (sight_far(sight, FACT_OBSERVATION, assessment) == SIGHT_ALL)
        return BATON_OK;
    const uint64_t posts = posts_of(sight, assessment);
    uint64_t *const of_unit = arena_alloc(call->arena, scheme->unit_count, sizeof *of_unit);
    uint64_t *const of_node = arena_alloc(call->arena, scheme->node_count, sizeof *of_node);
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        of_unit[u] = unit_bits(sight, posts, assessment, scheme->unit[u].id);
    node_bits(call, posts, session, of_node);
    *out = (struct sight_result){of_unit, of_node, reach_text(call, posts)};
    return BATON_OK;
}

baton_code sight_whole(struct call *call, const char *assessment, const char *what) {
    return sight_far(sight_of(call), FACT_OBSERVATION, assessment) == SIGHT_ALL
               ? BATON_OK
               : call_refuse(call, BATON_READING_LACKING, call_actor(call), what, NULL, NULL);
}

bool sight_is_told(const struct call *call, const char *assessment) {
    return sight_far(sight_of(call), FACT_OBSERVATION, assessment) == SIGHT_ALL;
}

baton_code sight_scored(struct call *call, const char *assessment, baton_code code) {
    enum { INPUT = 2000, INPUT_END = 3000 }; /* numbers of what is wrong with what was said */
    if ((int)code < INPUT || (int)code >= INPUT_END || sight_is_told(call, assessment))
        return code;
    call->found = (struct baton_findings){.arena = call->arena};
    return call_refuse(call, BATON_NOT_SCORED, assessment, NULL, NULL, NULL);
}

baton_code sight_node(struct call *call, const struct sight_result *result, uint32_t unit,
                      uint32_t node, const char *what) {
    if (result->of_unit == NULL || (result->of_unit[unit] & result->of_node[node]) != 0)
        return BATON_OK;
    return call_refuse(call, BATON_READING_LACKING, call_actor(call), what, NULL, NULL);
}
