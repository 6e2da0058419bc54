/* fact, proposal and node are read once, in the order that costs the store least. A row of fact is looked up by its position; that all rows that are expected were
 * met, and none twice, is the other direction. */
#include "ledger/verify_tables.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A row is not what it should be. `what` names it for people of any language. */
static baton_code differs(struct verify_tables *t, const char *table, const char *what) {
    t->differed++;
    return t->counts_only ? BATON_OK : verify_fail(t->v, BATON_PROJECTION_WRONG, table, what);
}

/* fact */

static bool same(const struct store_value *value, const char *text, size_t size) {
    return value->size == size && memcmp(value->data, text, size) == 0;
}

/* `#12 city observation u1/gdp/2021`: as long as it may be shown. */
static const char *name_fact(struct verify_tables *t, int64_t position, const char *assessment,
                             size_t assessment_size, const char *kind, size_t kind_size,
                             const char *key, size_t key_size) {
    char *const text =
        arena_printf(t->v->scratch, "#%" PRId64 " %.*s %.*s %.*s", position, (int)assessment_size,
                     assessment, (int)kind_size, kind, (int)(key_size < 200 ? key_size : 200), key);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '\x1f')
            *at = '/';
    return text;
}

static baton_code take_fact(void *context, const struct store_value *row) {
    struct verify_tables *t = context;
    struct verify_fact want;
    const uint64_t position = (uint64_t)row[4].number;
    if (verify_fact_at(t->v, position, &want) && !t->v->row[position].is_there) {
        t->v->row[position].is_there = true;
        if (same(&row[0], want.assessment, want.assessment_size) &&
            same(&row[1], want.kind, want.kind_size) && same(&row[2], want.key, want.key_size) &&
            (uint64_t)row[3].number == want.revision && (uint64_t)row[5].number == want.first &&
            row[6].number == (want.withdrawn ? 1 : 0))
            return BATON_OK;
    }
    return differs(t, "fact",
                   name_fact(t, row[4].number, row[0].data, row[0].size, row[1].data, row[1].size,
                             row[2].data, row[2].size));
}

static baton_code facts(struct verify_tables *t) {
    struct verify_fact fact;
    TRY(reader_all(t->reader, STATEMENT_FACT_ALL,
                   &(struct store_value){.type = 'i', .number = t->reader->number}, take_fact, t));
    for (uint64_t at = 0; at < t->v->row_count; at++)
        if (!t->v->row[at].is_there && verify_fact_at(t->v, at, &fact))
            TRY(differs(t, "fact",
                        name_fact(t, (int64_t)at, fact.assessment, fact.assessment_size, fact.kind,
                                  fact.kind_size, fact.key, fact.key_size)));
    return BATON_OK;
}

/* proposal */

struct proposals_check {
    struct verify_tables *t;
    size_t next;
};

static baton_code name_proposal(struct verify_tables *t, uint64_t position) {
    return differs(t, "proposal", arena_printf(t->v->scratch, "#%" PRIu64, position));
}

/* Those before the position are not there. */
static baton_code miss_proposals(struct proposals_check *check, uint64_t position) {
    const struct verify_journal *v = check->t->v;
    while (check->next < v->proposal_count && v->proposal[check->next].position < position)
        TRY(name_proposal(check->t, v->proposal[check->next++].position));
    return BATON_OK;
}

static baton_code take_proposal(void *context, const struct store_value *row) {
    struct proposals_check *check = context;
    const struct verify_journal *v = check->t->v;
    const uint64_t position = (uint64_t)row[0].number;
    TRY(miss_proposals(check, position));
    if (check->next < v->proposal_count && v->proposal[check->next].position == position) {
        const struct proposal *want = &v->proposal[check->next++];
        if (same(&row[1], want->assessment, strlen(want->assessment)) &&
            same(&row[2], want->state, strlen(want->state)) &&
            same(&row[3], want->proposer, strlen(want->proposer)) &&
            row[4].number == want->expires_utc_ms && row[5].number == want->decided)
            return BATON_OK;
    }
    return name_proposal(check->t, position);
}

static baton_code proposals(struct verify_tables *t) {
    struct proposals_check check = {t, 0};
    TRY(reader_all(t->reader, STATEMENT_PROPOSAL_ALL,
                   &(struct store_value){.type = 'i', .number = t->reader->number}, take_proposal,
                   &check));
    return miss_proposals(&check, UINT64_MAX);
}

/* request */

struct requests_check {
    struct verify_tables *t;
    size_t next;
};

static baton_code name_request(struct verify_tables *t, uint64_t position) {
    return differs(t, "request", arena_printf(t->v->scratch, "#%" PRIu64, position));
}

static baton_code miss_requests(struct requests_check *check, uint64_t position) {
    const struct verify_journal *v = check->t->v;
    while (check->next < v->request_count && v->request[check->next].position < position)
        TRY(name_request(check->t, v->request[check->next++].position));
    return BATON_OK;
}

static baton_code take_request(void *context, const struct store_value *row) {
    struct requests_check *check = context;
    const struct verify_journal *v = check->t->v;
    const uint64_t position = (uint64_t)row[3].number;
    TRY(miss_requests(check, position));
    if (check->next < v->request_count && v->request[check->next].position == position) {
        const struct verify_request *want = &v->request[check->next++];
        if (same(&row[0], want->actor, strlen(want->actor)) &&
            same(&row[1], want->key, strlen(want->key)) &&
            same(&row[2], (const char *)want->digest.byte, DIGEST_SIZE) &&
            (uint64_t)row[4].number == want->count)
            return BATON_OK;
    }
    return name_request(check->t, position);
}

static baton_code requests(struct verify_tables *t) {
    struct requests_check check = {t, 0};
    TRY(reader_all(t->reader, STATEMENT_REQUEST_ALL,
                   &(struct store_value){.type = 'i', .number = t->reader->number}, take_request,
                   &check));
    return miss_requests(&check, UINT64_MAX);
}

/* node */

static int compare_nodes(const void *left, const void *right) {
    const struct verify_node *a = left, *b = right;
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

struct nodes_check {
    struct verify_tables *t;
    size_t next;
};

static baton_code name_node(struct verify_tables *t, int64_t level, int64_t place) {
    t->differed++;
    if (t->counts_only)
        return BATON_OK;
    return verify_fail(t->v, BATON_NODE_WRONG, arena_printf(t->v->scratch, "%" PRId64, level),
                       arena_printf(t->v->scratch, "%" PRId64, place));
}

static int compare_place(const struct verify_node *node, int64_t level, int64_t place) {
    if ((int64_t)node->level != level)
        return (int64_t)node->level < level ? -1 : 1;
    return (int64_t)node->place < place ? -1 : (int64_t)node->place > place;
}

static baton_code miss_nodes(struct nodes_check *check, int64_t level, int64_t place) {
    const struct verify_journal *v = check->t->v;
    for (; check->next < v->node_count; check->next++) {
        const struct verify_node *node = &v->node[check->next];
        if (compare_place(node, level, place) >= 0)
            break;
        TRY(name_node(check->t, node->level, (int64_t)node->place));
    }
    return BATON_OK;
}

static baton_code take_node(void *context, const struct store_value *row) {
    struct nodes_check *check = context;
    const struct verify_journal *v = check->t->v;
    const int64_t level = row[0].number, place = row[1].number;
    TRY(miss_nodes(check, level, place));
    if (check->next < v->node_count && compare_place(&v->node[check->next], level, place) == 0) {
        const struct verify_node *want = &v->node[check->next++];
        if (same(&row[2], (const char *)want->digest.byte, DIGEST_SIZE))
            return BATON_OK;
    }
    return name_node(check->t, level, place);
}

static baton_code nodes(struct verify_tables *t) {
    struct nodes_check check = {t, 0};
    if (t->v->node_count > 0)
        qsort(t->v->node, t->v->node_count, sizeof *t->v->node, compare_nodes);
    TRY(reader_all(t->reader, STATEMENT_NODE_ALL,
                   &(struct store_value){.type = 'i', .number = t->reader->number}, take_node,
                   &check));
    return miss_nodes(&check, INT64_MAX, 0);
}

baton_code verify_projections(struct verify_tables *t) {
    const struct arena_mark mark = arena_mark(t->v->scratch);
    TRY(facts(t));
    TRY(proposals(t));
    TRY(requests(t));
    TRY(nodes(t));
    arena_reset_to(t->v->scratch, mark);
    return BATON_OK;
}

/* Rows of no ledger */

struct numbers {
    struct verify_journal *v;
    int64_t *number;
    size_t count, capacity;
};

static baton_code take_number(void *context, const struct store_value *row) {
    struct numbers *numbers = context;
    *ARRAY_PUSH(numbers->v->scratch, numbers->number, numbers->count, numbers->capacity) =
        row[0].number;
    return BATON_OK;
}

static bool is_ledger(const struct numbers *numbers, int64_t number) {
    for (size_t i = 0; i < numbers->count; i++)
        if (numbers->number[i] == number)
            return true;
    return false;
}

static void take_next(void *context, const struct store_value *row) {
    *(int64_t *)context = row[0].number;
}

baton_code verify_strays(struct ledger_reader *reader, struct verify_journal *v) {
    static const struct {
        enum statement statement;
        const char *table;
    } tables[] = {
        {STATEMENT_ENTRY_LEDGER, "entry"},       {STATEMENT_NODE_LEDGER, "node"},
        {STATEMENT_HEAD_LEDGER, "head"},         {STATEMENT_CONTENT_LEDGER, "content"},
        {STATEMENT_PART_LEDGER, "content_part"}, {STATEMENT_FACT_LEDGER, "fact"},
        {STATEMENT_PROPOSAL_LEDGER, "proposal"}, {STATEMENT_REQUEST_LEDGER, "request"},
    };
    struct numbers numbers = {.v = v};
    TRY(reader_all(reader, STATEMENT_LEDGER_ALL, NULL, take_number, &numbers));
    for (size_t i = 0; i < LENGTH(tables); i++) {
        bool is_row = true;
        for (int64_t number = INT64_MIN;;) {
            TRY(reader_one(reader, tables[i].statement,
                           &(struct store_value){.type = 'i', .number = number}, take_next, &number,
                           &is_row));
            if (!is_row)
                break;
            if (!is_ledger(&numbers, number))
                return verify_fail(v, BATON_PROJECTION_WRONG, tables[i].table,
                                   arena_printf(v->scratch, "ledger = %" PRId64, number));
        }
    }
    return BATON_OK;
}
