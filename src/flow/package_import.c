/* An import: the packages are read and linked as for scoring, so that all that is wrong with them is known; then each is compared with what the ledger has, those that others
 * name first; then one submission says all that is new. */
#include "flow/package_import.h"
#include "flow/import_parts.h"
#include "flow/package_session.h"
#include "flow/register_open.h"
#include "flow/request_seen.h"
#include "ledger/requests.h"
#include <string.h>

baton_code import_refuse(struct import *import, const struct importing *from, baton_code code,
                         struct baton_where where, const char *arg1, const char *arg2,
                         const char *arg3, const char *arg4) {
    if (where.file != NULL)
        where.file = arena_printf(import->arena, "%s%s", from->prefix, where.file);
    baton_findings_add(import->found, code, where, arg1, arg2, arg3, arg4);
    return code;
}

baton_code import_tell(struct import *import, baton_code code) {
    if (code != BATON_OK && code != BATON_NO_MEMORY)
        reader_report(import->reader, code, import->found);
    return code;
}

void import_take(struct import *import, const char *kind, const char *assessment,
                 const struct field *field, size_t count) {
    *ARRAY_PUSH(import->arena, import->fact, import->fact_count, import->fact_capacity) =
        (struct fact_body){kind, assessment, field, count};
}

struct field *import_add(struct import *import, const char *kind, const char *assessment,
                         size_t fields) {
    struct field *field = arena_alloc(import->arena, fields, sizeof *field);
    import_take(import, kind, assessment, field, fields);
    return field;
}

/* ---- The packages. */

/* Reads the package and all that it names, and compiles it: it is sound, as far as can be told without scoring it. */
static baton_code open_package(struct import *import, struct baton_package **out) {
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = import->wish->threads};
    struct baton_session *session;
    TRY(baton_package_load(
        import->arena, import->wish->path,
        &(struct baton_package_options){.threads = import->wish->threads,
                                        .in_file_only = import->wish->in_file_only},
        out, import->found));
    return package_session(import->arena, *out, &options, NULL, &session, import->found);
}

/* A path for a message: NULL is the package that was named. */
static const char *shown(const char *prefix) {
    return prefix[0] == '\0' ? NULL : prefix;
}

/* Two packages with one id must be one and the same. */
static baton_code check_id(struct import *import, struct baton_package *package, const char *prefix,
                           bool *is_there) {
    for (size_t i = 0; i < import->package_count; i++) {
        const struct importing *other = &import->package[i];
        bool same;
        if (strcmp(other->id, package->scheme.id) != 0)
            continue;
        *is_there = true;
        if (other->package == package)
            return BATON_OK;
        TRY(import_same(import, other->package, package, &same));
        if (same)
            return BATON_OK;
        baton_findings_add(import->found, BATON_IMPORT_ID_TWICE, (struct baton_where){0},
                           package->scheme.id, shown(other->prefix), shown(prefix), NULL);
        return BATON_IMPORT_ID_TWICE;
    }
    *is_there = false;
    return BATON_OK;
}

/* Lists a package behind all that it names. Circles are found where they are linked. */
static baton_code list_packages(struct import *import, struct baton_package *package,
                                const char *prefix) {
    bool is_there;
    for (size_t i = 0; i < package->link_count; i++)
        TRY(list_packages(import, package->link[i].package,
                          arena_printf(import->arena, "%s%s/", prefix, package->link[i].path)));
    TRY(check_id(import, package, prefix, &is_there));
    if (is_there)
        return BATON_OK;
    *ARRAY_PUSH(import->arena, import->package, import->package_count, import->package_capacity) =
        (struct importing){.package = package, .id = package->scheme.id, .prefix = prefix};
    return BATON_OK;
}

/* ---- What is new of each. */

static baton_code compare(struct import *import, struct importing *of) {
    const baton_code code = reader_scheme(import->reader, import->arena, of->id,
                                          (struct baton_period){0}, import->known, &of->version);
    of->is_known = code == BATON_OK;
    if (code != BATON_OK && code != BATON_SCHEME_NONE)
        return import_tell(import, code);
    of->fact_from = import->fact_count;
    baton_code worst = import_scheme(import, of);
    for (size_t i = 0; i < FLOW_TABLES && worst != BATON_NO_MEMORY; i++) {
        const baton_code rows = import_rows(import, of, &flow_tables[i]);
        worst = worst == BATON_OK || rows == BATON_NO_MEMORY ? rows : worst;
    }
    of->fact_count = import->fact_count - of->fact_from;
    return worst;
}

/* All packages against one state of the ledger; all that differs is told. */
static baton_code compare_all(struct import *import, struct import_result *out) {
    baton_code worst = import_tell(import, reader_size(import->reader, &import->known));
    for (size_t i = 0; i < import->package_count && worst != BATON_NO_MEMORY; i++) {
        struct importing *of = &import->package[i];
        of->told = &out->package[i];
        *of->told = (struct imported){.assessment = of->id, .path = of->prefix};
        const baton_code code = compare(import, of);
        worst = worst == BATON_OK || code == BATON_NO_MEMORY ? code : worst;
    }
    return worst;
}

/* ---- Whether it is registered. */

static bool counts_assessments(const struct registrations *of, const char *year) {
    for (size_t i = 0; i < of->quota_count; i++)
        if (strcmp(of->quota[i].year, year) == 0)
            return true;
    for (size_t i = 0; i < of->count; i++)
        if (strcmp(of->item[i].year, year) == 0)
            return true;
    return false;
}

/* Where a first version has to be registered the ledger refuses it, which needs no warning before. */
static void warn_unregistered(struct import *import, const struct importing *of,
                              const struct registrations *registrations) {
    const enum import_scheme scheme = of->told->scheme;
    const char *const year = arena_printf(import->arena, "%04d", of->package->scheme.period.year);
    if (scheme == IMPORT_SCHEME_SAME || !counts_assessments(registrations, year) ||
        registrations_has(registrations, of->id, year) ||
        (scheme == IMPORT_SCHEME_NEW && registrations_needed(registrations, year)))
        return;
    (void)import_refuse(import, of, BATON_SCHEME_UNREGISTERED,
                        (struct baton_where){.file = "scheme.yaml", .field = "period"}, of->id,
                        year, NULL, NULL);
}

static baton_code look_for_registrations(struct import *import) {
    struct permits permits;
    struct registrations registrations;
    TRY(import_tell(import, register_rules(import->arena, import->reader, import->known, &permits,
                                           &registrations)));
    for (size_t i = 0; i < import->package_count; i++)
        warn_unregistered(import, &import->package[i], &registrations);
    return BATON_OK;
}

/* ---- Saying it. */

static bool is_proposed(const struct import *import, const struct importing *of) {
    return import->wish->propose && of->is_known;
}

/* What a write is known by when the request comes again: the last one by the request's own key, so that what is known by it was done whole; one before it by a key made of what it is. */
static const struct request *request_of(struct import *import, const char *what, const char *id) {
    const struct request *const own = import->wish->request;
    struct request *request;
    char hex[DIGEST_HEX_SIZE];
    if (own == NULL || --import->writes == 0)
        return own;
    const char *const text = arena_printf(import->arena, "%s %s %s", what, id, own->key);
    const struct digest digest = digest_bytes(DIGEST_SHA256, text, strlen(text));
    digest_hex(&digest, hex);
    request = arena_alloc(import->arena, 1, sizeof *request);
    *request = (struct request){arena_text(import->arena, hex, strlen(hex)), own->digest};
    return request;
}

static baton_code may(const struct import *import, bool proposes, const struct fact_body *fact,
                      size_t count) {
    const struct import_wish *const wish = import->wish;
    return wish->may == NULL ? BATON_OK : wish->may(wish->may_context, proposes, fact, count);
}

/* What is appended, without that which is only proposed: in one submission. */
static baton_code append(struct import *import, struct ledger *ledger, struct import_result *out) {
    struct fact_body *fact = arena_alloc(import->arena, import->fact_count, sizeof *fact);
    struct submission submission = {.actor = import->wish->actor, .fact = fact};
    for (size_t i = 0; i < import->package_count; i++) {
        const struct importing *of = &import->package[i];
        if (is_proposed(import, of) || of->fact_count == 0)
            continue;
        memcpy(fact + submission.count, import->fact + of->fact_from,
               of->fact_count * sizeof *fact);
        submission.count += of->fact_count;
    }
    if (submission.count == 0)
        return BATON_OK;
    TRY(may(import, false, fact, submission.count));
    submission.request = request_of(import, "facts", import->package[0].id);
    TRY(ledger_append(ledger, import->arena, &submission, import->found));
    out->first = submission.first;
    out->facts = submission.count;
    return BATON_OK;
}

static baton_code propose_some(struct import *import, struct ledger *ledger, const char *what,
                               struct fact_body *fact, size_t count, uint64_t *position) {
    struct submission submission = {.actor = import->wish->actor, .fact = fact, .count = count};
    TRY(may(import, true, fact, count));
    submission.request = request_of(import, what, fact[0].assessment);
    TRY(ledger_propose(ledger, import->arena, &submission, import->wish->reason, 0, import->found));
    *position = submission.first;
    return BATON_OK;
}

static baton_code propose(struct import *import, struct ledger *ledger, struct importing *of) {
    if (is_proposed(import, of) && of->fact_count > 0)
        TRY(propose_some(import, ledger, "proposed", import->fact + of->fact_from, of->fact_count,
                         &of->told->facts_proposal));
    return of->told->scheme == IMPORT_SCHEME_PROPOSED
               ? propose_some(import, ledger, "version", &of->proposed, 1, &of->told->proposal)
               : BATON_OK;
}

/* How many times the ledger will be written to. */
static size_t count_writes(const struct import *import) {
    size_t count = 0;
    bool appends = false;
    for (size_t i = 0; i < import->package_count; i++) {
        const struct importing *of = &import->package[i];
        const bool has_facts = of->fact_count > 0, proposes = is_proposed(import, of);
        appends = appends || (has_facts && !proposes);
        count += (has_facts && proposes) + (of->told->scheme == IMPORT_SCHEME_PROPOSED);
    }
    return count + appends;
}

/* Whether the request was stored before: then *out says where. */
static baton_code look_for_request(struct import *import, struct import_result *out) {
    struct reader_request stored;
    TRY(request_seen(import->reader, import->wish->actor, import->wish->request, &stored,
                     &out->is_repeat, import->found));
    if (out->is_repeat) {
        out->first = stored.position;
        out->facts = stored.count;
    }
    return BATON_OK;
}

static baton_code check_assessment(struct import *import, const struct baton_package *package) {
    const char *const asked = import->wish->assessment;
    if (asked == NULL || strcmp(asked, package->scheme.id) == 0)
        return BATON_OK;
    baton_findings_add(import->found, BATON_IMPORT_OTHER,
                       (struct baton_where){.file = "scheme.yaml"}, package->scheme.id, asked, NULL,
                       NULL);
    return BATON_IMPORT_OTHER;
}

static baton_code refuse_reason(struct import *import) {
    const struct import_wish *wish = import->wish;
    if ((!wish->correct && !wish->withdraw && !wish->propose) || wish->reason != NULL)
        return BATON_OK;
    baton_findings_add(import->found, BATON_REASON_NEEDED, (struct baton_where){0}, NULL, NULL,
                       NULL, NULL);
    return BATON_REASON_NEEDED;
}

baton_code package_import(struct baton_arena *arena, struct ledger *ledger,
                          struct ledger_reader *reader, const struct import_wish *wish,
                          struct import_result *out, struct baton_findings *found) {
    struct import *import = arena_alloc(arena, 1, sizeof *import);
    struct baton_package *package;
    *import = (struct import){.arena = arena, .reader = reader, .wish = wish, .found = found};
    *out = (struct import_result){0};
    TRY(refuse_reason(import));
    TRY(look_for_request(import, out));
    if (out->is_repeat)
        return BATON_OK;
    TRY(open_package(import, &package));
    TRY(check_assessment(import, package));
    TRY(list_packages(import, package, ""));
    out->package = arena_alloc(arena, import->package_count, sizeof *out->package);
    out->count = import->package_count;
    TRY(import_tell(import, reader_begin(reader)));
    baton_code code = compare_all(import, out);
    if (code == BATON_OK)
        code = look_for_registrations(import);
    reader_end(reader);
    TRY(code);
    import->writes = count_writes(import);
    TRY(append(import, ledger, out));
    for (size_t i = 0; i < import->package_count; i++)
        TRY(propose(import, ledger, &import->package[i]));
    return BATON_OK;
}
