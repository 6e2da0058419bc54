/* Routes as a tree of segments: a node has its fixed children, and one child for whatever else stands there. */
#include "http/http_route.h"
#include "base/writer.h"
#include <assert.h>
#include <string.h>

enum { DEPTH_MAX = 32 }; /* segments of a pattern */

struct node {
    const char *segment; /* fixed; NULL = any */
    size_t size;
    struct node *first, *next; /* fixed children, in the order in which they came; next sibling */
    struct node *any;
    const struct http_route *route[HTTP_METHODS];
};

struct http_routes {
    struct baton_arena *arena;
    struct node root;
};

static bool is_brace(const char *segment, size_t size) {
    return size > 2 && segment[0] == '{' && segment[size - 1] == '}';
}

static struct node *child(struct http_routes *routes, struct node *node, const char *segment,
                          size_t size) {
    struct node **at = is_brace(segment, size) ? &node->any : &node->first;
    if (at == &node->first)
        while (*at != NULL && ((*at)->size != size || memcmp((*at)->segment, segment, size) != 0))
            at = &(*at)->next;
    if (*at == NULL) {
        *at = arena_alloc(routes->arena, 1, sizeof **at);
        (*at)->segment = is_brace(segment, size) ? NULL : segment;
        (*at)->size = size;
    }
    return *at;
}

struct http_routes *http_routes_make(struct baton_arena *arena, const struct http_route *route,
                                     size_t count) {
    struct http_routes *const routes = arena_alloc(arena, 1, sizeof *routes);
    routes->arena = arena;
    for (size_t i = 0; i < count; i++) {
        const char *at = route[i].pattern;
        assert(at[0] == '/' && route[i].method < HTTP_METHODS);
        struct node *node = &routes->root;
        for (unsigned depth = 0; *at == '/'; depth++) {
            assert(depth < DEPTH_MAX);
            const size_t size = strcspn(at + 1, "/");
            node = child(routes, node, at + 1, size);
            at += 1 + size;
        }
        assert(node->route[route[i].method] == NULL);
        node->route[route[i].method] = &route[i];
    }
    return routes;
}

static unsigned methods_of(const struct node *node) {
    unsigned methods = 0;
    for (unsigned i = 0; i < HTTP_METHODS; i++)
        methods |= node->route[i] != NULL ? 1U << i : 0;
    return methods;
}

struct search {
    const struct http_target *target;
    enum http_method method;
    unsigned allowed;
};

static const struct http_route *look(struct search *search, const struct node *node, size_t index) {
    if (index == search->target->segment_count) {
        search->allowed |= methods_of(node);
        return search->method < HTTP_METHODS ? node->route[search->method] : NULL;
    }
    const char *const segment = search->target->segment[index];
    const size_t size = strlen(segment);
    const struct http_route *found = NULL;
    for (const struct node *at = node->first; at != NULL && found == NULL; at = at->next)
        if (at->size == size && memcmp(at->segment, segment, size) == 0)
            found = look(search, at, index + 1);
    if (found == NULL && node->any != NULL && size > 0)
        found = look(search, node->any, index + 1);
    return found;
}

static void name_segments(struct baton_arena *arena, struct http_match *match,
                          const struct http_target *target) {
    struct http_pair *const pairs = arena_alloc(arena, target->segment_count + 1, sizeof *pairs);
    const char *at = match->route->pattern;
    for (size_t i = 0; i < target->segment_count; i++) {
        const size_t size = strcspn(at + 1, "/");
        if (is_brace(at + 1, size))
            pairs[match->segment_count++] =
                (struct http_pair){arena_text(arena, at + 2, size - 2), target->segment[i]};
        at += 1 + size;
    }
    match->segment = pairs;
}

struct http_match http_routes_find(const struct http_routes *routes, struct baton_arena *arena,
                                   enum http_method method, const struct http_target *target) {
    struct http_match match = {0};
    if (target->segment_count > DEPTH_MAX)
        return match;
    struct search search = {target, method, 0};
    match.route = look(&search, &routes->root, 0);
    match.allowed = search.allowed;
    if (match.route != NULL)
        name_segments(arena, &match, target);
    return match;
}

const char *http_method_word(enum http_method method) {
    static const char *const words[HTTP_METHODS] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
    assert(method < HTTP_METHODS);
    return words[method];
}

const char *http_allowed_text(struct baton_arena *arena, unsigned allowed) {
    const char *text = "";
    for (unsigned i = 0; i < HTTP_METHODS; i++)
        if (allowed & (1U << i))
            text = arena_printf(arena, "%s%s%s, ", text, http_method_word((enum http_method)i),
                                i == HTTP_GET ? ", HEAD" : "");
    return arena_printf(arena, "%sOPTIONS", text);
}
