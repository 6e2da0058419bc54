/* `baton stale`: posts and accounts that are not fit for what will be due. */
#include "cli/list_table.h"
#include "cli/open_waiting.h"
#include "cli/terminal.h"
#include "flow/entry_print.h"
#include "flow/stale.h"
#include <inttypes.h>
#include <string.h>

enum { FORMAT_TEXT, FORMAT_JSON };
enum { WHAT, ROLE, UNIT, PERSON, DETAIL, FIGURES, COLUMNS };

static const char *unit_shown(const struct invocation *invocation, const struct collection *of,
                              const char *id) {
    for (uint32_t u = 0; u < of->scheme->unit_count; u++)
        if (strcmp(of->scheme->unit[u].id, id) == 0)
            return collection_unit(invocation, of->scheme, u);
    return id;
}

static void print_text(struct invocation *invocation, const struct collection *of,
                       const struct stale *stale) {
    static const char *const title[2][COLUMNS] = {
        {"what", "post", "unit", "person", "which", "figures"},
        {"情况", "岗位", "单位", "人员", "说明", "应报项数"}};
    const enum baton_language language = invocation->language;
    struct names names = {.arena = invocation->arena, .reader = of->reader, .language = language};
    static const enum layout_align align[COLUMNS] = {[FIGURES] = ALIGN_RIGHT};
    struct list_table table = {
        .arena = invocation->arena, .columns = COLUMNS, .title = title[language], .align = align};
    if (stale->count == 0) {
        writer_text(invocation->out,
                    in_language(invocation, "Every post is held by somebody who signs in.\n",
                                "各岗位均有人任职并正常登录。\n"));
        return;
    }
    for (size_t i = 0; i < stale->count; i++) {
        const struct stale_item *const item = &stale->item[i];
        const char **const cell = list_add(&table);
        cell[WHAT] = stale_kind_name(item->kind, language);
        cell[ROLE] = role_name(item->role, language);
        cell[UNIT] = item->unit[0] == '\0' ? NULL : unit_shown(invocation, of, item->unit);
        cell[PERSON] = item->person[0] == '\0' ? NULL : names_shown(&names, item->person);
        cell[DETAIL] = item->detail[0] == '\0' ? NULL : item->detail;
        cell[FIGURES] = arena_printf(invocation->arena, "%zu", item->figures);
    }
    list_drop_empty(&table);
    list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
}

baton_code cmd_stale(struct invocation *invocation) {
    struct baton_findings found = {.arena = invocation->arena};
    const uint32_t days =
        invocation->settings.limit == 0 ? STALE_DAYS_USUAL : invocation->settings.limit;
    struct collection of;
    struct waiting_world world;
    struct stale stale;
    TRY(waiting_world_open(invocation, &of, &world));
    if (stale_read(invocation->arena, of.reader, &world, days, &stale, &found) != BATON_OK)
        return refuse_all(invocation, &found);
    if (invocation->settings.format == FORMAT_JSON) {
        struct json json = json_to(invocation->out);
        json_object(&json, NULL);
        json_count(&json, "count", stale.count);
        stale_json(&json, "items", &stale, SIZE_MAX);
        json_end(&json);
        return BATON_OK;
    }
    print_text(invocation, &of, &stale);
    return BATON_OK;
}
