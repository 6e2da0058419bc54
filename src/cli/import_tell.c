/* A package brought into a ledger, and told. */
#include "cli/import_tell.h"
#include "baton/package.h"
#include "baton/score.h"
#include "cli/open_ledger.h"
#include "cli/print_findings.h"
#include "cli/progress.h"
#include "cli/world.h"
#include "flow/package_import.h"
#include "report/layout.h"
#include <inttypes.h>
#include <string.h>

enum { NAME_WIDTH = 14 };

static void print_all(struct invocation *invocation, struct baton_findings *found,
                      enum baton_severity least) {
    print_findings(invocation->arena, invocation->err, found,
                   (struct findings_style){invocation->language, invocation->colour_err, least});
}

/* What is wrong in full; of what is odd only how much there is. */
static void tell_findings(struct invocation *invocation, struct baton_findings *found,
                          const char *path) {
    print_all(invocation, found, BATON_ERROR);
    if (found->errors > 0)
        writer_printf(invocation->err,
                      in_language(invocation, "%s: nothing was brought in.\n", "%s，未予导入。\n"),
                      count_findings(invocation->arena, found, invocation->language));
    else if (found->warnings > 0)
        writer_printf(invocation->err,
                      in_language(invocation, "%s; `baton check %s` tells.\n",
                                  "%s，详见 `baton check %s`。\n"),
                      count_findings(invocation->arena, found, invocation->language), path);
}

baton_code import_look(struct invocation *invocation, const char *path) {
    struct baton_findings found = {.arena = invocation->arena};
    const struct baton_options options = {.as_of_day = INT32_MAX,
                                          .threads = invocation->settings.threads};
    struct baton_package *package;
    const struct baton_links *links;
    baton_code code = baton_package_load(
        invocation->arena, path,
        &(struct baton_package_options){.threads = invocation->settings.threads}, &package, &found);
    if (code == BATON_OK)
        code = baton_package_link(package, &options, &links, &found);
    if (code != BATON_OK && code != BATON_NO_MEMORY)
        tell_findings(invocation, &found, path);
    return code;
}

/* One number of what became of a table, with what it means. */
static void put_count(struct writer *out, uint64_t count, const char *words, bool zh) {
    if (count == 0)
        return;
    if (out->used > 0)
        writer_text(out, zh ? "，" : ", ");
    if (zh)
        writer_printf(out, "%s %" PRIu64 " 行", words, count);
    else
        writer_printf(out, "%" PRIu64 " %s", count, words);
}

/* clang-format off */
static const struct {
    size_t offset;
    const char *words[2];
} counts[] = {
    {offsetof(struct import_count, added), {"new", "新增"}},
    {offsetof(struct import_count, corrected), {"corrected", "更正"}},
    {offsetof(struct import_count, withdrawn), {"withdrawn", "撤销"}},
    {offsetof(struct import_count, same), {"the same", "相同"}},
    {offsetof(struct import_count, left), {"only in the ledger", "仅账本中有"}},
};
/* clang-format on */

static void tell_scheme(struct invocation *invocation, const struct imported *package) {
    struct writer *out = invocation->out;
    switch (package->scheme) {
    case IMPORT_SCHEME_SAME:
        writer_text(out, in_language(invocation, "the same", "相同"));
        break;
    case IMPORT_SCHEME_NEW:
        writer_text(out, in_language(invocation, "first version", "首个版本"));
        break;
    case IMPORT_SCHEME_PROPOSED:
        writer_printf(out,
                      in_language(invocation,
                                  "a new version is proposed (no. %" PRIu64
                                  ", %s): somebody else decides, `baton decide`",
                                  "新版本已提请（第 %" PRIu64
                                  " 号，%s），由他人用 `baton decide` 决定"),
                      package->proposal, package->scheme_files);
        break;
    }
    writer_text(out, "\n");
}

static void tell_package(struct invocation *invocation, const struct imported *package) {
    struct writer *out = invocation->out;
    const bool zh = invocation->language == BATON_ZH;
    writer_printf(out, "%s\n  ", package->assessment);
    layout_pad(out, "scheme", NAME_WIDTH, ALIGN_LEFT);
    tell_scheme(invocation, package);
    for (size_t t = 0; t < FLOW_TABLES; t++) {
        const char *const file = flow_tables[t].file;
        const char *const base = (const char *)&package->table[t];
        struct writer *line = writer_memory(invocation->arena);
        for (size_t i = 0; i < LENGTH(counts); i++) {
            uint64_t count;
            memcpy(&count, base + counts[i].offset, sizeof count);
            put_count(line, count, counts[i].words[zh], zh);
        }
        if (line->used == 0)
            continue;
        writer_text(out, "  ");
        layout_pad(out, arena_text(invocation->arena, file, strcspn(file, ".")), NAME_WIDTH,
                   ALIGN_LEFT);
        writer_printf(out, "%s\n", writer_text_of(line));
    }
}

/* What was only proposed; false = nothing was. */
static bool tell_proposals(struct invocation *invocation, const struct import_result *result) {
    bool is_any = false;
    for (size_t i = 0; i < result->count; i++) {
        const struct imported *package = &result->package[i];
        if (package->facts_proposal == 0)
            continue;
        is_any = true;
        writer_printf(
            invocation->out,
            in_language(invocation,
                        "%s: proposed (no. %" PRIu64 "); somebody else decides, `baton decide`\n",
                        "%s：已提请（第 %" PRIu64 " 号），由他人用 `baton decide` 决定\n"),
            package->assessment, package->facts_proposal);
    }
    return is_any;
}

static baton_code tell_result(struct invocation *invocation, struct ledger_reader *reader,
                              const struct import_result *result) {
    struct receipt receipt;
    for (size_t i = 0; i < result->count; i++)
        tell_package(invocation, &result->package[i]);
    const bool is_proposed = tell_proposals(invocation, result);
    if (result->facts == 0 && is_proposed)
        return BATON_OK;
    if (result->facts == 0) {
        writer_text(invocation->out,
                    in_language(invocation, "No fact is new.\n", "没有新的事实入账。\n"));
        return BATON_OK;
    }
    const uint64_t last = result->first + result->facts - 1;
    const baton_code code = reader_receipt(reader, invocation->arena, last, &receipt);
    if (code != BATON_OK)
        return refuse_reader(invocation, reader, code);
    writer_printf(invocation->out,
                  in_language(invocation,
                              "Facts no. %" PRIu64 " to %" PRIu64
                              " are stored; receipt of the last %s…\n",
                              "第 %" PRIu64 " 至 %" PRIu64 " 号已入账；末号回执 %s…\n"),
                  result->first, last, digest_shown(invocation->arena, &receipt.leaf));
    return BATON_OK;
}

static baton_code import(struct invocation *invocation, const struct ledger_place *place,
                         struct import_wish *wish, struct ledger_reader **reader,
                         struct import_result *result, struct baton_findings *found) {
    struct ledger *ledger;
    TRY(open_appender_at(invocation->arena, place, &ledger, found));
    TRY(reader_open(invocation->arena, place, reader, found));
    const baton_code code = package_import(invocation->arena, ledger, *reader, wish, result, found);
    ledger_close(ledger);
    return code;
}

baton_code import_package(struct invocation *invocation, const struct ledger_place *place,
                          const char *path, const char *actor) {
    const struct settings *settings = &invocation->settings;
    char in_force[BATON_PERIOD_NAME_SIZE];
    struct baton_findings found = {.arena = invocation->arena};
    struct import_wish wish = {.path = path,
                               .actor = actor,
                               .reason = settings->reason,
                               .correct = settings->correct,
                               .withdraw = settings->withdraw,
                               .propose = settings->propose,
                               .threads = settings->threads};
    struct ledger_reader *reader = NULL;
    struct import_result result = {0};
    if (settings->in_force.kind != BATON_PERIOD_NONE) {
        baton_period_format(settings->in_force, in_force);
        wish.in_force = in_force;
    }
    struct progress *progress = progress_open(invocation->arena);
    progress_say(progress, in_language(invocation, "Bringing in", "正在导入"), NULL, 0);
    const baton_code code = import(invocation, place, &wish, &reader, &result, &found);
    progress_close(progress);
    if (code == BATON_NO_MEMORY)
        return code;
    tell_findings(invocation, &found, path);
    return code == BATON_OK ? tell_result(invocation, reader, &result) : code;
}
