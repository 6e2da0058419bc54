/* The session has compiled the value of each leaf, and knows its elements. */
#include "flow/post_reach.h"
#include "engine/session.h"
#include <string.h>

static void mark_elements(const struct leaf *leaf, bool *element) {
    element[leaf->as->element] = true;
    for (uint32_t i = 0; i < leaf->named_count; i++)
        element[leaf->named[i]] = true;
}

void post_reach_of(struct baton_arena *arena, const struct baton_session *session,
                   const char *indicator, struct post_reach *out) {
    const struct baton_scheme *scheme = baton_session_scheme(session);
    bool *node = arena_alloc(arena, scheme->node_count + (size_t)1, sizeof *node);
    bool *element = arena_alloc(arena, scheme->element_count + (size_t)1, sizeof *element);
    *out = (struct post_reach){scheme, node, element};
    for (uint32_t n = 1; n < scheme->node_count; n++) /* a node stands before its children */
        node[n] = strcmp(scheme->node[n].id, indicator) == 0 || node[scheme->node[n].parent];
    for (uint32_t i = 0; i < session->leaf_count; i++)
        if (node[session->leaf[i].node])
            mark_elements(&session->leaf[i], element);
}

bool post_reaches(const struct post_reach *reach, enum fact_kind kind,
                  const struct fact_body *body) {
    if (kind == FACT_OBSERVATION || kind == FACT_REPORT) {
        const char *const id = body_text(body, "element");
        for (uint32_t e = 0; e < reach->scheme->element_count; e++)
            if (strcmp(reach->scheme->element[e].id, id) == 0)
                return reach->element[e];
        return false;
    }
    if (kind == FACT_TARGET) {
        const char *const id = body_text(body, "indicator");
        for (uint32_t n = 1; n < reach->scheme->node_count; n++)
            if (strcmp(reach->scheme->node[n].id, id) == 0)
                return reach->node[n];
        return false;
    }
    return true;
}
