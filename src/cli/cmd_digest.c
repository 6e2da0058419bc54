/* `baton digest`: what a person ought to know today, of all assessments of a ledger. */
#include "cli/open_collection.h"
#include "cli/open_ledger.h"
#include "flow/digest.h"
#include "report/explain_report.h"
#include <string.h>

enum { FORMAT_TEXT, FORMAT_JSON };

struct job {
    struct invocation *invocation;
    const char *person;
    struct ledger_reader *reader;
    struct hash accounts;
    struct standing *standing;
    uint64_t known;
    int64_t now_utc_ms;
    struct digest_of *of;
    const char **left_out; /* assessments whose scheme is not sound */
    size_t count, left_out_count;
    struct person_digest digest;
};

/* Of one assessment; one that is not sound is left out. */
static baton_code read_one(struct job *job, const char *assessment, struct baton_findings *found) {
    struct invocation *const invocation = job->invocation;
    const struct ledger_view view = {
        .reader = job->reader, .assessment = assessment, .known = job->known};
    struct baton_findings unheard = {.arena = invocation->arena};
    struct collection of;
    const baton_code code = collection_read(invocation, &view, &of, &unheard);
    if (code != BATON_OK && baton_code_info(code)->exit_status == 2) {
        job->left_out[job->left_out_count++] = assessment;
        return BATON_OK;
    }
    if (code != BATON_OK) {
        reader_report(job->reader, code, found);
        return code;
    }
    const struct waiting_world world = {.assessment = assessment,
                                        .session = of.session,
                                        .calendar = &of.calendar,
                                        .expected = &of.expected,
                                        .accounts = &job->accounts,
                                        .standing = job->standing,
                                        .known = job->known,
                                        .now_utc_ms = of.now_utc_ms,
                                        .answers = true};
    return digest_read(invocation->arena, job->reader, &world, job->person, &job->of[job->count++],
                       found);
}

/* Of --assessment, else of all that have a scheme. */
static baton_code read_assessments(struct job *job, struct baton_findings *found) {
    struct invocation *const invocation = job->invocation;
    const char **name, *only = NULL;
    size_t count;
    if (invocation->settings.assessment != NULL)
        TRY(which_assessment(invocation, job->reader, &only));
    TRY(refuse_reader(invocation, job->reader,
                      reader_assessments(job->reader, invocation->arena, &name, &count)));
    job->of = arena_alloc(invocation->arena, count, sizeof *job->of);
    job->left_out = arena_alloc(invocation->arena, count, sizeof *job->left_out);
    for (size_t i = 0; i < count; i++) {
        if ((only != NULL && strcmp(only, name[i]) != 0) || name[i][0] == '\0' ||
            standing_scheme(job->standing, name[i]) < 0)
            continue;
        const baton_code code = read_one(job, name[i], found);
        if (code != BATON_OK)
            return code == BATON_NO_MEMORY ? code : refuse_all(invocation, found);
    }
    return BATON_OK;
}

static baton_code read_people(struct job *job) {
    struct baton_arena *const arena = job->invocation->arena;
    bool is_known;
    uint32_t roles;
    TRY(reader_size(job->reader, &job->known));
    TRY(reader_roles(job->reader, job->person, job->now_utc_ms, &roles, &is_known));
    if (!is_known)
        return BATON_PERSON_UNKNOWN;
    TRY(reader_accounts(job->reader, arena, &job->accounts));
    return reader_standing(job->reader, arena, &job->standing);
}

static baton_code open_job(struct job *job) {
    struct invocation *const invocation = job->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    TRY(open_reader(invocation, invocation->operand[0], &job->reader));
    const baton_code code = read_people(job);
    if (code == BATON_PERSON_UNKNOWN)
        return refuse(invocation, code, job->person, NULL, NULL, NULL);
    TRY(refuse_reader(invocation, job->reader, code));
    TRY(read_assessments(job, &found));
    job->digest = (struct person_digest){.person = job->person, .of = job->of, .count = job->count};
    return refuse_reader(invocation, job->reader,
                         deciding_read(invocation->arena, job->reader, job->standing, job->person,
                                       UINT32_MAX, job->now_utc_ms, &job->digest.deciding));
}

static void print_text(const struct job *job) {
    struct invocation *const invocation = job->invocation;
    struct names names = {
        .arena = invocation->arena, .reader = job->reader, .language = invocation->language};
    writer_printf(invocation->out, in_language(invocation, "%s, as of %s\n", "%s，截至 %s\n"),
                  names_shown(&names, job->person),
                  explain_time(invocation->arena, job->now_utc_ms));
    digest_text(invocation->out, &names, &job->digest);
    for (size_t i = 0; i < job->left_out_count; i++)
        writer_printf(invocation->out,
                      in_language(invocation, "\n%s is left out: its scheme is not sound.\n",
                                  "\n%s 的方案有误，未列入。\n"),
                      job->left_out[i]);
}

baton_code cmd_digest(struct invocation *invocation) {
    struct job job = {.invocation = invocation,
                      .person = invocation->settings.id,
                      .now_utc_ms = collection_now_utc_ms(invocation)};
    if (job.person == NULL)
        return refuse(invocation, BATON_OPERAND_MISSING, "digest", "--person", NULL, NULL);
    TRY(open_job(&job));
    if (invocation->settings.format == FORMAT_JSON) {
        struct json json = json_to(invocation->out);
        digest_json(invocation->arena, &json, &job.digest, invocation->language);
    } else {
        print_text(&job);
    }
    return BATON_OK;
}
