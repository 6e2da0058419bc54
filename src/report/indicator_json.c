/* The words are those of the annex (annex_parts.h), told of one node: a method speaks only of the direction in which the indicator uses it. */
#include "report/indicator_json.h"
#include "base/json.h"
#include "report/annex_parts.h"
#include "report/clause_words.h"
#include "report/document_parts.h"
#include "report/method_json.h"

struct telling {
    const struct annex *annex;
    const struct baton_node *node;
    uint32_t at;
    struct json *json;
};

static void put_texts(struct json *json, const char *name, const struct baton_text *text) {
    json_object_tight(json, name);
    json_text_if(json, "en", text->en);
    json_text_if(json, "zh", text->zh);
    json_end(json);
}

static void put_plain(const struct telling *telling, const char *name, const char *text) {
    if (text != NULL && *text != '\0')
        json_text(telling->json, name, document_plain(telling->annex->arena, text));
}

static void put_above(const struct telling *telling) {
    const struct baton_scheme *scheme = telling->annex->scheme;
    uint32_t *path =
        arena_alloc(telling->annex->arena, (size_t)telling->node->level + 1, sizeof *path);
    size_t count = 0;
    for (uint32_t n = telling->node->parent; n != BATON_NONE && n != 0; n = scheme->node[n].parent)
        path[count++] = n;
    json_array_tight(telling->json, "above");
    while (count > 0)
        json_text(telling->json, NULL, scheme->node[path[--count]].id);
    json_end(telling->json);
}

/* The groups in which it is for somebody who takes part. */
static void put_groups(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    json_array_tight(telling->json, "groups");
    for (uint32_t g = 0; g < annex->scheme->group_count; g++) {
        const struct baton_group *group = &annex->scheme->group[g];
        bool applies = false;
        for (uint32_t u = 0; !applies && u < group->unit_count; u++)
            applies = annex_takes_part(annex, group->first_unit + u) &&
                      view_applies(annex->session, telling->at, group->first_unit + u);
        if (applies)
            json_text(telling->json, NULL, group->id);
    }
    json_end(telling->json);
}

static void put_organ(const struct telling *telling, const char *name, const char *organ) {
    if (organ == NULL)
        return;
    json_object_tight(telling->json, name);
    json_text(telling->json, "id", organ);
    json_text(telling->json, "name", annex_organ(telling->annex, organ));
    json_end(telling->json);
}

static void put_table(const struct telling *telling, const struct document_table *table) {
    struct json *json = telling->json;
    json_array_tight(json, "head");
    for (size_t i = 0; i < table->count; i++)
        json_text(json, NULL, table->column[i].title == NULL ? "" : table->column[i].title);
    json_end(json);
    json_array_tight(json, "rows");
    for (size_t row = 0; row < table->row_count; row++) {
        json_array_tight(json, NULL);
        for (size_t i = 0; i < table->count; i++)
            json_text(json, NULL, document_plain(telling->annex->arena, table->row[row].cell[i]));
        json_end(json);
    }
    json_end(json);
}

void indicator_method_json(const struct annex *annex, uint32_t at, struct json *json) {
    const struct baton_node *const node = &annex->scheme->node[at];
    const struct telling telling = {annex, node, at, json};
    const struct baton_method *method = &annex->scheme->method[node->method];
    const struct document *document = annex->document;
    annex_method_told(annex, node->method);
    json_object(json, "method");
    json_text(json, "id", method->id);
    json_text(json, "name", annex_method_name(annex, method));
    method_json(annex->arena, annex->scheme, method, json);
    put_plain(&telling, "bounds", annex_bounds(annex, node));
    json_array(json, "told");
    for (size_t i = 0; i < document->block_count; i++) {
        const struct document_block *block = &document->block[i];
        json_object_tight(json, NULL);
        if (block->part == PART_TABLE)
            put_table(&telling, block->table);
        else
            put_plain(&telling, "text", block->text);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

static void put_leaf(const struct telling *telling) {
    const struct annex *annex = telling->annex;
    const struct baton_node *node = telling->node;
    json_text_if(telling->json, "measure", node->measure);
    if (annex_direction(annex, node) != NULL) {
        json_text(telling->json, "better", node->direction == BATON_UP ? "up" : "down");
        json_text(telling->json, "direction", annex_direction(annex, node));
    }
    put_plain(telling, "figure", annex_figure(annex, telling->at));
    put_plain(telling, "time", annex_time(annex, telling->at));
    put_plain(telling, "missing", annex_missing(annex, node));
    indicator_method_json(annex, telling->at, telling->json);
}

/* The clause is the nearest one: an indicator without one rests on that of the node above it. */
static void put_clause(const struct telling *telling) {
    const struct annex_view *view = telling->annex->view;
    const struct baton_scheme *scheme = telling->annex->scheme;
    uint32_t n = telling->at;
    while (n != BATON_NONE && scheme->node[n].basis == NULL)
        n = scheme->node[n].parent;
    if (n == BATON_NONE)
        return;
    struct baton_clause clause;
    json_object(telling->json, "clause");
    json_text(telling->json, "of", n == 0 ? "total" : scheme->node[n].id);
    json_text(telling->json, "basis", scheme->node[n].basis);
    if (view->clause != NULL && view->clause(view->context, scheme->node[n].basis, &clause)) {
        json_text(telling->json, "title", clause.title);
        json_text(telling->json, "file", clause.file);
        json_count(telling->json, "row", clause.row);
        json_text(telling->json, "text",
                  clause_trimmed(telling->annex->arena, clause.text, clause.size));
    }
    json_end(telling->json);
}

void indicator_json(struct baton_arena *arena, const struct annex_view *view, uint32_t at,
                    struct writer *writer) {
    struct json json = json_to(writer);
    const struct annex annex = annex_open(arena, view, at);
    const struct baton_node *node = &annex.scheme->node[at];
    const struct telling telling = {&annex, node, at, &json};
    json_object(&json, NULL);
    json_text(&json, "id", at == 0 ? "total" : node->id);
    put_texts(&json, "name", &node->name);
    json_count(&json, "level", node->level);
    json_flag(&json, "leaf", node->child_count == 0);
    json_flag(&json, "individual", node->kind == BATON_INDIVIDUAL);
    put_above(&telling);
    put_groups(&telling);
    if (node->child_count == 0)
        put_leaf(&telling);
    put_organ(&telling, "source", node->source);
    put_organ(&telling, "verifier", node->verifier);
    json_flag(&json, "evidence", node->needs_evidence);
    put_clause(&telling);
    json_end(&json);
}
