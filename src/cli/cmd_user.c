/* `baton user`: who is known to a ledger, with which roles. */
#include "base/civil_day.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/list_table.h"
#include "cli/open_ledger.h"
#include "cli/print_findings.h"
#include "cli/terminal.h"
#include "cli/world.h"
#include "flow/fact_origin.h"
#include "flow/handover.h"
#include "ledger/rights.h"
#include <stdlib.h>
#include <string.h>

enum { FORMAT_JSON = 1 };

/* A post as it is in force. */
struct post {
    const char *person, *role, *unit, *from, *to;
    const char *assessment, *indicator, *deputy; /* "" = any, any, no */
    uint64_t position;
};

struct people {
    struct baton_arena *arena;
    const char **person;
    size_t person_count, person_capacity;
    struct post *post;
    size_t post_count, post_capacity;
};

static const char *copied(struct baton_arena *arena, const char *text) {
    return arena_text(arena, text, strlen(text));
}

static baton_code take_person(void *context, const struct fact_row *row) {
    struct people *people = context;
    *ARRAY_PUSH(people->arena, people->person, people->person_count, people->person_capacity) =
        copied(people->arena, row->key);
    return BATON_OK;
}

static baton_code take_post(void *context, const struct fact_row *row) {
    struct people *people = context;
    const struct fact_body *body = &row->entry.body;
    struct baton_arena *arena = people->arena;
    *ARRAY_PUSH(arena, people->post, people->post_count, people->post_capacity) =
        (struct post){copied(arena, body_text(body, "person")),
                      copied(arena, body_text(body, "role")),
                      copied(arena, body_text(body, "unit")),
                      copied(arena, body_text(body, "from")),
                      copied(arena, body_text(body, "to")),
                      copied(arena, body_text(body, "assessment")),
                      copied(arena, body_text(body, "indicator")),
                      copied(arena, body_text(body, "deputy")),
                      row->position};
    return BATON_OK;
}

static int by_id(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static int by_person(const void *left, const void *right) {
    const struct post *a = left, *b = right;
    const int order = strcmp(a->person, b->person);
    return order != 0 ? order : a->position < b->position ? -1 : a->position > b->position;
}

static baton_code read_people(struct invocation *invocation, struct ledger_reader *reader,
                              struct people *people) {
    uint64_t known;
    *people = (struct people){.arena = invocation->arena};
    baton_code code = reader_size(reader, &known);
    if (code == BATON_OK)
        code = reader_rows(reader, "", FACT_PERSON, known, take_person, people);
    if (code == BATON_OK)
        code = reader_rows(reader, "", FACT_POST, known, take_post, people);
    if (code != BATON_OK)
        return refuse_reader(invocation, reader, code);
    if (people->person_count > 1)
        qsort(people->person, people->person_count, sizeof *people->person, by_id);
    if (people->post_count > 1)
        qsort(people->post, people->post_count, sizeof *people->post, by_person);
    return BATON_OK;
}

static bool knows(const struct people *people, const char *person) {
    for (size_t i = 0; i < people->person_count; i++)
        if (strcmp(people->person[i], person) == 0)
            return true;
    return false;
}

/* Listing */

static const char *role_shown(const char *word, enum baton_language language) {
    enum role role;
    return role_of_word(word, strlen(word), &role) ? role_name(role, language) : word;
}

static void add_row(struct list_table *table, const char *person, const char *name,
                    const struct post *post, enum baton_language language) {
    const char **cell = list_add(table);
    cell[0] = person;
    cell[1] = name;
    if (post == NULL)
        return;
    cell[2] = post->role;
    cell[3] = post->unit;
    cell[4] = post->from;
    cell[5] = post->to;
    cell[6] = role_shown(post->role, language);
}

static void put_json(struct json *json, const char *person, const char *name,
                     const struct people *people) {
    json_object_tight(json, NULL);
    json_text(json, "id", person);
    json_text(json, "name", name);
    json_array_tight(json, "posts");
    for (size_t i = 0; i < people->post_count; i++) {
        const struct post *post = &people->post[i];
        if (strcmp(post->person, person) != 0)
            continue;
        json_object_tight(json, NULL);
        json_count(json, "position", post->position);
        json_text(json, "role", post->role);
        json_text(json, "unit", *post->unit == '\0' ? NULL : post->unit);
        json_text(json, "from", post->from);
        json_text(json, "to", *post->to == '\0' ? NULL : post->to);
        if (*post->assessment != '\0')
            json_text(json, "assessment", post->assessment);
        if (*post->indicator != '\0')
            json_text(json, "indicator", post->indicator);
        if (*post->deputy != '\0')
            json_flag(json, "deputy", true);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

static baton_code list(struct invocation *invocation) {
    static const char *const titles[2][7] = {
        {"id", "name", "role", "unit", "from", "to", "meaning"},
        {"标识", "姓名", "角色", "所属", "自", "至", "说明"}};
    struct ledger_reader *reader;
    struct people people;
    TRY(open_reader(invocation, invocation->operand[0], &reader));
    TRY(read_people(invocation, reader, &people));
    const bool is_json = invocation->settings.format == FORMAT_JSON;
    struct list_table table = {
        .arena = invocation->arena, .columns = 7, .title = titles[invocation->language]};
    struct json json = json_to(invocation->out);
    if (is_json)
        json_array(&json, NULL);
    for (size_t i = 0; i < people.person_count; i++) {
        const char *const person = people.person[i];
        const char *name;
        const baton_code code = fact_person_name(invocation->arena, reader, person, &name);
        if (code != BATON_OK)
            return refuse_reader(invocation, reader, code);
        if (is_json)
            put_json(&json, person, name, &people);
        bool any = false;
        for (size_t p = 0; p < people.post_count; p++)
            if (strcmp(people.post[p].person, person) == 0) {
                add_row(&table, any ? NULL : person, any ? NULL : name, &people.post[p],
                        invocation->language);
                any = true;
            }
        if (!any)
            add_row(&table, person, name, NULL, invocation->language);
    }
    if (is_json)
        json_end(&json);
    else
        list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
    return BATON_OK;
}

/* Saying */

static const char *day_text(struct baton_arena *arena, int32_t day) {
    char text[BATON_PERIOD_NAME_SIZE];
    if (day == INT32_MAX)
        return NULL;
    baton_day_format(day, text);
    return copied(arena, text);
}

static int32_t today(void) {
    return civil_day(world_now_utc_ms());
}

static baton_code say(struct invocation *invocation, struct fact_body *fact, size_t count) {
    struct baton_findings found = {.arena = invocation->arena};
    struct submission submission = {.fact = fact, .count = count, .want_receipts = true};
    struct ledger *ledger;
    TRY(who_acts(invocation, &submission.actor));
    TRY(open_appender(invocation, invocation->operand[0], &ledger));
    const baton_code code = ledger_append(ledger, invocation->arena, &submission, &found);
    ledger_close(ledger);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    tell_stored(invocation, &submission);
    return BATON_OK;
}

/* The person where the ledger does not know it yet, and the post where a role is given. */
static baton_code add(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    const char *const person = invocation->operand[2];
    struct baton_arena *arena = invocation->arena;
    struct ledger_reader *reader;
    struct people people;
    TRY(open_reader(invocation, invocation->operand[0], &reader));
    TRY(read_people(invocation, reader, &people));
    const bool is_known = knows(&people, person);
    if (is_known && settings->name != NULL) {
        const char *name;
        const baton_code code = fact_person_name(arena, reader, person, &name);
        return code != BATON_OK ? refuse_reader(invocation, reader, code)
                                : refuse(invocation, BATON_PERSON_THERE, person, name, NULL, NULL);
    }
    if (!is_known && settings->name == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "user", "--name", NULL, NULL);
    if (is_known && settings->role == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "user", "--role", NULL, NULL);
    const int32_t from = settings->from_day == INT32_MAX ? today() : settings->from_day;
    struct field id[] = {text_field("id", person), text_field("name", settings->name)};
    id[1].type = 'C';
    struct field post[] = {text_field("person", person),
                           text_field("role", settings->role),
                           text_field("unit", settings->unit),
                           text_field("from", day_text(arena, from)),
                           text_field("to", day_text(arena, settings->to_day)),
                           text_field("assessment", settings->assessment),
                           text_field("indicator", settings->indicator),
                           text_field("deputy", settings->deputy ? "1" : NULL)};
    struct fact_body fact[2];
    size_t count = 0;
    if (!is_known)
        fact[count++] = (struct fact_body){"person", "", id, LENGTH(id)};
    if (settings->role != NULL)
        fact[count++] = (struct fact_body){"post", "", post, LENGTH(post)};
    reader_close(reader);
    return say(invocation, fact, count);
}

/* The post that is meant, still without an end before the day. */
static const struct post *find_post(const struct people *people, const char *person,
                                    const char *role, const char *unit) {
    const struct post *best = NULL;
    for (size_t i = 0; i < people->post_count; i++) {
        const struct post *post = &people->post[i];
        if (strcmp(post->person, person) == 0 && strcmp(post->role, role) == 0 &&
            (unit == NULL || strcmp(post->unit, unit) == 0) &&
            (best == NULL || strcmp(post->from, best->from) > 0))
            best = post;
    }
    return best;
}

static baton_code end(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    const char *const person = invocation->operand[2], *const role = invocation->operand[3];
    struct baton_arena *arena = invocation->arena;
    struct ledger_reader *reader;
    struct people people;
    if (settings->to_day == INT32_MAX || settings->reason == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "user",
                      settings->to_day == INT32_MAX ? "--to" : "--reason", NULL, NULL);
    TRY(open_reader(invocation, invocation->operand[0], &reader));
    TRY(read_people(invocation, reader, &people));
    const struct post *post = find_post(&people, person, role, settings->unit);
    if (post == NULL)
        return refuse(invocation, BATON_POST_UNKNOWN, person, role, settings->unit, NULL);
    reader_close(reader);
    struct field field[] = {
        text_field("person", person),
        text_field("role", role),
        text_field("unit", post->unit),
        text_field("from", post->from),
        text_field("to", day_text(arena, settings->to_day)),
        text_field("assessment", post->assessment),
        text_field("indicator", post->indicator),
        text_field("deputy", post->deputy),
        text_field("@corrects", arena_printf(arena, "%llu", (unsigned long long)post->position)),
        text_field("@reason", settings->reason)};
    struct fact_body fact = {"post", "", field, LENGTH(field)};
    return say(invocation, &fact, 1);
}

static baton_code hand_over(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    const char *const person = invocation->operand[2], *const role = invocation->operand[3];
    struct baton_findings found = {.arena = invocation->arena};
    struct ledger_reader *reader;
    struct fact_body fact[2];
    struct people people;
    size_t count;
    if (settings->reason == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "user", "--reason", NULL, NULL);
    TRY(open_reader(invocation, invocation->operand[0], &reader));
    TRY(read_people(invocation, reader, &people));
    const struct post *post = find_post(&people, person, role, settings->unit);
    if (post == NULL)
        return refuse(invocation, BATON_POST_UNKNOWN, person, role, settings->unit, NULL);
    const struct handover handover = {
        post->position, invocation->operand[4],
        settings->from_day == INT32_MAX ? today() : settings->from_day, settings->reason};
    const baton_code code =
        handover_facts(invocation->arena, reader, &handover, fact, &count, &found);
    if (code != BATON_OK)
        return refuse_reader(invocation, reader, code);
    reader_close(reader);
    return say(invocation, fact, count);
}

/* clang-format off */
static const struct {
    const char *word;
    baton_code (*run)(struct invocation *invocation);
    size_t operands; /* with the ledger and the word */
    const char *shape;
} words[] = {
    {"add", add, 3, "LEDGER add ID"},
    {"end", end, 4, "LEDGER end ID ROLE"},
    {"handover", hand_over, 5, "LEDGER handover ID ROLE ID"},
    {"list", list, 2, "LEDGER list"},
};
/* clang-format on */

baton_code cmd_user(struct invocation *invocation) {
    const char *const word = invocation->operand[1];
    struct text_guess guess = {.text = word, .size = strlen(word)};
    for (size_t i = 0; i < LENGTH(words); i++) {
        text_guess_offer(&guess, words[i].word, strlen(words[i].word));
        if (strcmp(word, words[i].word) != 0)
            continue;
        if (invocation->operand_count < words[i].operands)
            return refuse(invocation, BATON_OPERAND_MISSING, "user", words[i].shape, NULL, NULL);
        if (invocation->operand_count > words[i].operands)
            return refuse(invocation, BATON_OPERAND_EXCESS, "user",
                          invocation->operand[words[i].operands], NULL, NULL);
        return words[i].run(invocation);
    }
    return refuse(invocation, BATON_OPERAND_WORD, "user", word, "add, end, handover, list",
                  guess.best);
}
