/* The ledger that a command is about. */
#include "cli/open_ledger.h"
#include "base/civil_day.h"
#include "base/text.h"
#include "cli/print_findings.h"
#include "cli/world.h"
#include "flow/entry_words.h"
#include "flow/indicators.h"
#include "flow/tables.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct ledger_place ledger_place_of(const struct invocation *invocation, const char *address) {
    const struct settings *settings = &invocation->settings;
    return (struct ledger_place){.address = address,
                                 .ledger = settings->ledger_id,
                                 .key = settings->key,
                                 .holder = world_holder(invocation->arena),
                                 .wait_ms = settings->wait * 1000};
}

baton_code open_reader(struct invocation *invocation, const char *address,
                       struct ledger_reader **out) {
    struct baton_findings found = {.arena = invocation->arena};
    const struct ledger_place place = ledger_place_of(invocation, address);
    const baton_code code = reader_open(invocation->arena, &place, out, &found);
    if (code != BATON_OK && code != BATON_NO_MEMORY)
        refuse_all(invocation, &found);
    return code;
}

baton_code open_appender_at(struct baton_arena *arena, const struct ledger_place *place,
                            struct ledger **out, struct baton_findings *found) {
    struct ledger_place *const kept = arena_alloc(arena, 1, sizeof *kept);
    *kept = *place;
    TRY(ledger_open(arena, world_of_system(), kept, out, found));
    const struct standing_indicators indicators = indicators_of(indicators_open(arena, kept));
    ledger_indicators(*out, &indicators);
    return BATON_OK;
}

baton_code open_appender(struct invocation *invocation, const char *address, struct ledger **out) {
    struct baton_findings found = {.arena = invocation->arena};
    const struct ledger_place place = ledger_place_of(invocation, address);
    const baton_code code = open_appender_at(invocation->arena, &place, out, &found);
    if (code != BATON_OK && code != BATON_NO_MEMORY)
        refuse_all(invocation, &found);
    return code;
}

baton_code refuse_reader(struct invocation *invocation, struct ledger_reader *reader,
                         baton_code code) {
    struct baton_findings found = {.arena = invocation->arena};
    reader_report(reader, code, &found);
    if (found.errors > 0)
        refuse_all(invocation, &found);
    return code;
}

baton_code who_acts(struct invocation *invocation, const char **out) {
    const char *who = invocation->settings.as;
    if (who == NULL)
        who = getenv("BATON_USER");
    if (who == NULL || *who == '\0')
        return refuse(invocation, BATON_ACTOR_NEEDED, invocation->command->name, NULL, NULL, NULL);
    *out = who;
    return BATON_OK;
}

baton_code read_number(struct invocation *invocation, const char *text, uint64_t *out) {
    return fact_position(text, out) ? BATON_OK
                                    : refuse(invocation, BATON_NUMBER_BAD, text, NULL, NULL, NULL);
}

baton_code known_as_asked(struct invocation *invocation, struct ledger_reader *reader,
                          uint64_t *out) {
    const char *const asked = invocation->settings.known;
    uint64_t size, number;
    int32_t day;
    const baton_code code = reader_size(reader, &size);
    *out = size;
    if (code != BATON_OK || asked == NULL)
        return refuse_reader(invocation, reader, code);
    if (baton_day_parse(asked, strlen(asked), &day))
        return refuse_reader(invocation, reader,
                             reader_known_at(reader, civil_day_ends_utc_ms(day), out));
    if (!fact_position(asked, &number))
        return refuse(invocation, BATON_KNOWN_BAD, asked, NULL, NULL, NULL);
    if (number >= size)
        return refuse(invocation, BATON_ENTRY_UNKNOWN, asked,
                      arena_printf(invocation->arena, "%" PRIu64, size - 1), NULL, NULL);
    *out = number + 1;
    return BATON_OK;
}

/* "a, b, c" */
static const char *listed(struct baton_arena *arena, const char *const *name, size_t count) {
    const char *list = NULL;
    for (size_t i = 0; i < count; i++)
        list = list == NULL ? name[i] : arena_printf(arena, "%s, %s", list, name[i]);
    return list;
}

/* Whether the newest version of the scheme of one assessment names another one, as that which it succeeds or reads. */
static baton_code mark_read(struct invocation *invocation, struct ledger_reader *reader,
                            uint64_t known, const char *const *name, size_t count, size_t which,
                            bool *is_read) {
    struct entry version;
    const baton_code code = reader_scheme(reader, invocation->arena, name[which],
                                          (struct baton_period){0}, known, &version);
    if (code == BATON_SCHEME_NONE)
        return BATON_OK;
    if (code != BATON_OK)
        return refuse_reader(invocation, reader, code);
    for (size_t f = 0; f < version.body.field_count; f++)
        for (size_t i = 0; i < count; i++)
            if (strncmp(version.body.field[f].name, FLOW_LINK, strlen(FLOW_LINK)) == 0 &&
                strcmp(version.body.field[f].value, name[i]) == 0)
                is_read[i] = true;
    return BATON_OK;
}

/* The only one that no other one reads; NULL = there are several. */
static baton_code last_of_all(struct invocation *invocation, struct ledger_reader *reader,
                              const char *const *name, size_t count, const char **out) {
    bool *is_read = arena_alloc(invocation->arena, count, sizeof *is_read);
    uint64_t known;
    size_t left = 0;
    const baton_code code = reader_size(reader, &known);
    if (code != BATON_OK)
        return refuse_reader(invocation, reader, code);
    for (size_t i = 0; i < count; i++)
        TRY(mark_read(invocation, reader, known, name, count, i, is_read));
    *out = NULL;
    for (size_t i = 0; i < count; i++)
        if (!is_read[i]) {
            *out = name[i];
            left++;
        }
    if (left != 1)
        *out = NULL;
    return BATON_OK;
}

baton_code which_assessment(struct invocation *invocation, struct ledger_reader *reader,
                            const char **out) {
    const char *const asked = invocation->settings.assessment, **name;
    size_t count;
    const baton_code code = reader_assessments(reader, invocation->arena, &name, &count);
    if (code != BATON_OK)
        return refuse_reader(invocation, reader, code);
    if (count > 0 && name[0][0] == '\0') { /* facts of the ledger as a whole */
        name++;
        count--;
    }
    const char *list = listed(invocation->arena, name, count);
    if (asked == NULL) {
        TRY(last_of_all(invocation, reader, name, count, out));
        return *out != NULL ? BATON_OK
                            : refuse(invocation, BATON_ASSESSMENT_NEEDED, list, NULL, NULL, NULL);
    }
    struct text_guess guess = {.text = asked, .size = strlen(asked)};
    for (size_t i = 0; i < count; i++) {
        if (strcmp(asked, name[i]) == 0) {
            *out = name[i];
            return BATON_OK;
        }
        text_guess_offer(&guess, name[i], strlen(name[i]));
    }
    return refuse(invocation, BATON_ASSESSMENT_UNKNOWN, asked, list, guess.best, NULL);
}

/* With its fields in order, as entry_words takes it. */
struct fact_body stored_in_order(struct baton_arena *arena, const struct fact_body *body) {
    struct fact_body out = *body;
    struct field *field = arena_alloc(arena, body->field_count, sizeof *field);
    for (size_t i = 0; i < body->field_count; i++)
        field[i] = body->field[i];
    (void)fields_sort(field, &out.field_count);
    out.field = field;
    return out;
}

void tell_stored(struct invocation *invocation, const struct submission *submission) {
    tell_stored_as(invocation, submission, submission->fact);
}

void tell_stored_as(struct invocation *invocation, const struct submission *submission,
                    const struct fact_body *shown) {
    for (size_t i = 0; i < submission->count; i++) {
        const struct fact_body body = stored_in_order(invocation->arena, &shown[i]);
        writer_printf(invocation->out,
                      in_language(invocation, "No. %" PRIu64 ": %s", "第 %" PRIu64 " 号：%s"),
                      submission->first + i,
                      entry_words(invocation->arena, &body, invocation->language));
        if (submission->receipt != NULL)
            writer_printf(invocation->out, in_language(invocation, "; receipt %s…", "；回执 %s…"),
                          digest_shown(invocation->arena, &submission->receipt[i].leaf));
        writer_text(invocation->out, "\n");
    }
}

baton_code put_text(struct invocation *invocation, const char *text) {
    const char *const output = invocation->settings.output;
    if (output == NULL) {
        writer_text(invocation->out, text);
        return BATON_OK;
    }
    struct writer *writer = writer_file(invocation->arena, output);
    writer_text(writer, text);
    const int error = writer_close(writer);
    return error == 0 ? BATON_OK
                      : refuse(invocation, BATON_FILE_WRITE, output, strerror(error), NULL, NULL);
}
