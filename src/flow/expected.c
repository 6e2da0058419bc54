/* The needs of a session (expected_needs.h), turned round: by unit instead of by who asks. Elements are put in order first; then each unit's are counted and filled in, element by element and asker by
 * asker, which is the order of the list. */
#include "flow/expected.h"
#include "base/hash.h"
#include "baton/number.h"
#include "flow/expected_needs.h"
#include <string.h>

/* What is known of an element, whoever is asked for it. */
struct asked_element {
    uint32_t first_need, need_count; /* in by_element */
    uint32_t own;                    /* the leaf with its id, where that asks for it; BATON_NONE */
    uint32_t first;                  /* the first leaf that asks for it; BATON_NONE */
    enum baton_period_kind frequency;
};

struct making {
    struct baton_arena *arena;
    const struct baton_session *session;
    struct needs needs;
    struct asked_element *element;  /* [elements] */
    const struct need **by_element; /* [needs], by element, then as in `needs` */
    uint32_t *order;                /* the elements that are asked for, in the order of the list */
    uint32_t order_count;
    uint32_t *reporter, *verifier; /* [leaves] units; HASH_NONE */
    bool *is_counted;              /* [leaves] the program counts its figures itself */
    /* By unit: where its expectations and its askers begin, later go on, in the lists of all. */
    size_t *item_at, *asker_at;
    /* By unit: the last element (as a place in `order`, and 1) and asker that were seen. */
    uint32_t *seen_element, *seen_asker;
};

/* ---- Elements. */

static void group_needs(struct making *m) {
    const uint32_t elements = m->session->scheme->element_count;
    uint32_t *const next = arena_alloc(m->arena, elements + (size_t)1, sizeof *next);
    m->element = arena_alloc(m->arena, elements, sizeof *m->element);
    m->by_element = arena_alloc(m->arena, m->needs.count, sizeof(struct need *));
    for (size_t i = 0; i < m->needs.count; i++)
        m->element[m->needs.need[i].element].need_count++;
    for (uint32_t e = 0; e < elements; e++) {
        m->element[e].first_need = next[e];
        next[e + 1] = next[e] + m->element[e].need_count;
    }
    for (size_t i = 0; i < m->needs.count; i++)
        m->by_element[next[m->needs.need[i].element]++] = &m->needs.need[i];
}

/* See `frequency` of struct expectation. */
static enum baton_period_kind frequency_of(const struct making *m, uint32_t e) {
    const struct baton_scheme *const scheme = m->session->scheme;
    const struct asked_element *const element = &m->element[e];
    if (scheme->element[e].frequency != BATON_PERIOD_NONE)
        return scheme->element[e].frequency;
    if (element->own != BATON_NONE && m->session->leaf[element->own].frequency != BATON_PERIOD_NONE)
        return m->session->leaf[element->own].frequency;
    for (uint32_t i = 0; i < element->need_count; i++) {
        const uint32_t asker = m->by_element[element->first_need + i]->asker;
        if (asker < m->session->leaf_count &&
            m->session->leaf[asker].frequency != BATON_PERIOD_NONE)
            return m->session->leaf[asker].frequency;
    }
    return scheme->frequency;
}

static void look_at_elements(struct making *m) {
    for (uint32_t e = 0; e < m->session->scheme->element_count; e++) {
        struct asked_element *const element = &m->element[e];
        element->own = element->first = BATON_NONE;
        for (uint32_t i = 0; i < element->need_count; i++) {
            const uint32_t asker = m->by_element[element->first_need + i]->asker;
            if (asker >= m->session->leaf_count)
                break; /* leaves come first */
            if (element->first == BATON_NONE)
                element->first = asker;
            if (m->session->leaf[asker].as->element == e)
                element->own = asker;
        }
        element->frequency = frequency_of(m, e);
    }
}

/* In the order of the needs, but that of a leaf's own id with that leaf. */
static void order_elements(struct making *m) {
    const uint32_t elements = m->session->scheme->element_count;
    bool *const placed = arena_alloc(m->arena, elements, sizeof *placed);
    m->order = arena_alloc(m->arena, elements, sizeof *m->order);
    for (size_t i = 0; i < m->needs.count; i++) {
        const struct need *const need = &m->needs.need[i];
        const uint32_t own = m->element[need->element].own;
        if (placed[need->element] || (own != BATON_NONE && own != need->asker))
            continue;
        placed[need->element] = true;
        m->order[m->order_count++] = need->element;
    }
}

/* ---- Who reports and verifies. */

/* The index of a unit; HASH_NONE where the text is the id of none. */
static uint32_t unit_named(const struct hash *units, const char *id) {
    return id == NULL ? HASH_NONE : hash_find(units, id, strlen(id));
}

static void look_at_leaves(struct making *m) {
    const struct baton_scheme *const scheme = m->session->scheme;
    const uint32_t leaves = m->session->leaf_count;
    struct hash units = {0};
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        hash_add(m->arena, &units, scheme->unit[u].id, strlen(scheme->unit[u].id), u);
    m->is_counted = arena_alloc(m->arena, leaves, sizeof *m->is_counted);
    m->reporter = arena_alloc(m->arena, leaves, sizeof *m->reporter);
    m->verifier = arena_alloc(m->arena, leaves, sizeof *m->verifier);
    for (uint32_t i = 0; i < leaves; i++) {
        m->reporter[i] = unit_named(&units, m->session->leaf[i].as->source);
        m->verifier[i] = unit_named(&units, m->session->leaf[i].as->verifier);
        m->is_counted[i] = m->reporter[i] == HASH_NONE && m->session->leaf[i].as->source != NULL &&
                           strcmp(m->session->leaf[i].as->source, "baton") == 0;
    }
}

/* The leaf that decides for a unit, of whom `asker` asks; BATON_NONE = no leaf names it. */
static uint32_t deciding(const struct making *m, const struct asked_element *element,
                         const struct expected_asker *const *asker, size_t count) {
    const struct expected_asker *const all = m->needs.asker;
    for (size_t i = 0; i < count && asker[i]->by == EXPECTED_BY_LEAF; i++)
        if ((uint32_t)(asker[i] - all) == element->own)
            return element->own;
    if (asker[0]->by == EXPECTED_BY_LEAF)
        return (uint32_t)(asker[0] - all);
    return element->own != BATON_NONE ? element->own : element->first;
}

static bool needs_evidence(const struct making *m, const struct expectation *item) {
    for (size_t i = 0; i < item->asker_count && item->asker[i]->by == EXPECTED_BY_LEAF; i++)
        if (m->session->leaf[item->asker[i] - m->needs.asker].as->needs_evidence)
            return true;
    return false;
}

/* Answers whether the program counts it itself. */
static bool name_people(const struct making *m, struct expectation *item) {
    const struct baton_unit *const unit = m->session->scheme->unit;
    const struct asked_element *const element = &m->element[item->element_index];
    const uint32_t leaf = deciding(m, element, item->asker, item->asker_count);
    const bool named = leaf != BATON_NONE;
    item->reporter_index =
        named && m->reporter[leaf] != HASH_NONE ? m->reporter[leaf] : item->unit_index;
    item->needs_evidence = needs_evidence(m, item);
    item->indicator = named ? m->session->leaf[leaf].as->id : "";
    item->reporter = unit[item->reporter_index].id;
    item->verifier = named && m->verifier[leaf] != HASH_NONE ? unit[m->verifier[leaf]].id : "";
    return named && m->is_counted[leaf];
}

/* ---- The list. */

/* What is filled in. */
struct lists {
    struct expectation *item;
    const struct expected_asker **asker;
};

/* One asker asks one unit for an element; `fills` NULL = only counted. */
static void ask_unit(struct making *m, uint32_t place, const struct need *need, uint32_t u,
                     const struct lists *fills) {
    const bool is_new = m->seen_element[u] != place + 1;
    if (!is_new && m->seen_asker[u] == need->asker)
        return; /* by two of its rules */
    m->seen_element[u] = place + 1;
    m->seen_asker[u] = need->asker;
    if (fills != NULL) {
        if (is_new)
            fills->item[m->item_at[u]] = (struct expectation){
                .unit = m->session->scheme->unit[u].id,
                .element = m->session->scheme->element[need->element].id,
                .unit_index = u,
                .element_index = need->element,
                .frequency = m->element[need->element].frequency,
                .measure = m->session->scheme->element[need->element].measure,
                .asker = &fills->asker[m->asker_at[u]],
            };
        fills->item[m->item_at[u] - !is_new].asker_count++;
        fills->asker[m->asker_at[u]] = &m->needs.asker[need->asker];
    }
    m->item_at[u] += is_new;
    m->asker_at[u]++;
}

static void ask_all(struct making *m, const struct lists *fills) {
    const uint32_t units = m->session->units;
    memset(m->seen_element, 0, units * sizeof *m->seen_element);
    for (uint32_t place = 0; place < m->order_count; place++) {
        const struct asked_element *const element = &m->element[m->order[place]];
        for (uint32_t i = 0; i < element->need_count; i++) {
            const struct need *const need = m->by_element[element->first_need + i];
            for (uint32_t u = 0; u < units; u++)
                if (need->unit[u] != 0)
                    ask_unit(m, place, need, u, fills);
        }
    }
}

/* From how many each unit has to where they begin. Answers how many there are. */
static size_t begins(uint32_t units, size_t *count) {
    size_t sum = 0;
    for (uint32_t u = 0; u < units; u++) {
        const size_t own = count[u];
        count[u] = sum;
        sum += own;
    }
    return sum;
}

static void fill(struct making *m, bool wants_counted, struct expected *out) {
    const uint32_t units = m->session->units;
    m->item_at = arena_alloc(m->arena, units, sizeof *m->item_at);
    m->asker_at = arena_alloc(m->arena, units, sizeof *m->asker_at);
    m->seen_element = arena_alloc(m->arena, units, sizeof *m->seen_element);
    m->seen_asker = arena_alloc(m->arena, units, sizeof *m->seen_asker);
    ask_all(m, NULL);
    const size_t count = begins(units, m->item_at), askers = begins(units, m->asker_at);
    const struct lists fills = {
        arena_alloc(m->arena, count, sizeof *fills.item),
        arena_alloc(m->arena, askers, sizeof *fills.asker),
    };
    ask_all(m, &fills);
    const struct expectation **const item = arena_alloc_raw(m->arena, count, sizeof *item);
    size_t wanted = 0;
    for (size_t i = 0; i < count; i++)
        if (name_people(m, &fills.item[i]) == wants_counted)
            item[wanted++] = &fills.item[i];
    *out = (struct expected){m->session->scheme, wanted, item, m->session};
}

static void make(struct baton_arena *arena, const struct baton_session *session, bool wants_counted,
                 struct expected *out) {
    struct making making = {.arena = arena, .session = session};
    needs_of(arena, session, &making.needs);
    group_needs(&making);
    look_at_elements(&making);
    order_elements(&making);
    look_at_leaves(&making);
    fill(&making, wants_counted, out);
}

void expected_all(struct baton_arena *arena, const struct baton_session *session,
                  struct expected *out) {
    make(arena, session, false, out);
}

void expected_counted(struct baton_arena *arena, const struct baton_session *session,
                      struct expected *out) {
    make(arena, session, true, out);
}

/* ---- By period. */

/* The days in which a unit takes part. */
struct life {
    int32_t from, to;
    double handed_on; /* what others have of it, 1 = the whole */
};

static void add_succession(const struct baton_succession *row, struct life *life) {
    struct life *const from = &life[row->from], *const to = &life[row->to];
    if (to->from == INT32_MIN || row->date < to->from)
        to->from = row->date;
    if (from->to == INT32_MAX || row->date - 1 > from->to)
        from->to = row->date - 1;
    from->handed_on += row->share;
}

/* Successions first, which what a unit says itself goes before. */
static const struct life *lives_of(struct baton_arena *arena, const struct baton_scheme *scheme) {
    struct life *const life = arena_alloc(arena, scheme->unit_count, sizeof *life);
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        life[u] = (struct life){INT32_MIN, INT32_MAX, 0};
    for (uint32_t i = 0; i < scheme->succession_count; i++)
        add_succession(&scheme->succession[i], life);
    for (uint32_t u = 0; u < scheme->unit_count; u++) {
        const struct baton_unit *const unit = &scheme->unit[u];
        if (unit->joined.kind != BATON_PERIOD_NONE)
            life[u].from = baton_period_first_day(unit->joined);
        if (unit->left.kind != BATON_PERIOD_NONE)
            life[u].to = baton_period_last_day(unit->left);
        else if (baton_number_compare12(life[u].handed_on, 1) < 0)
            life[u].to = INT32_MAX; /* what is left of it goes on */
    }
    return life;
}

void expected_in(struct baton_arena *arena, const struct expected *of, struct baton_period period,
                 struct expected *out) {
    const struct life *const life = lives_of(arena, of->scheme);
    const int32_t first = baton_period_first_day(period), last = baton_period_last_day(period);
    const struct expectation **const item = arena_alloc_raw(arena, of->count, sizeof *item);
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++) {
        const struct life *const unit = &life[of->item[i]->unit_index];
        if (of->item[i]->frequency == (enum baton_period_kind)period.kind && unit->from <= last &&
            unit->to >= first)
            item[count++] = of->item[i];
    }
    *out = (struct expected){of->scheme, count, item, of->session};
}

/* ---- By who reports. */

size_t expected_by_reporter(struct baton_arena *arena, const struct expected *of,
                            const struct expected_owed **out) {
    const struct baton_scheme *const scheme = of->scheme;
    const uint32_t units = scheme->unit_count;
    size_t *const at = arena_alloc(arena, units + (size_t)1, sizeof *at);
    const struct expectation **const item = arena_alloc_raw(arena, of->count, sizeof *item);
    struct expected_owed *const owed = arena_alloc(arena, units, sizeof *owed);
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++)
        at[of->item[i]->reporter_index]++;
    begins(units + 1, at);
    for (uint32_t u = 0; u < units; u++)
        if (at[u + 1] > at[u])
            owed[count++] = (struct expected_owed){
                scheme->unit[u].id, {scheme, at[u + 1] - at[u], &item[at[u]], of->session}};
    for (size_t i = 0; i < of->count; i++)
        item[at[of->item[i]->reporter_index]++] = of->item[i];
    *out = owed;
    return count;
}
