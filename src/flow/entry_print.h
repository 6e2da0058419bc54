/* Entries of a journal for people and programs: who said them, as JSON, kept beyond the moment in which the reader gives them. */
#ifndef FLOW_ENTRY_PRINT_H
#define FLOW_ENTRY_PRINT_H

#include "base/json.h"
#include "ledger/reader.h"

/* Names of persons, looked up once each. Begin with {arena, reader, language}. */
struct names {
    struct baton_arena *arena;
    struct ledger_reader *reader;
    enum baton_language language;
    const char **id, **shown, **name;
    size_t count, capacity, shown_capacity, name_capacity;
};

/* "李伟（li.wei）"; the id alone where no name is known; "the program" of the empty id. A name that cannot be read is left out. In the arena. */
const char *names_shown(struct names *names, const char *person);
/* The name alone; NULL where none is known. */
const char *names_name(struct names *names, const char *person);

/* A copy that lives in the arena. */
void entry_copy(struct baton_arena *arena, const struct entry *entry, struct entry *out);

/* {"position", "time", "kind", "assessment", "actor", "actor_name", "fields": {...}}: texts as they are, contents as their digests, proposed facts as
 * objects. A member of `json`, whose containers are the caller's. */
void entry_json(struct json *json, struct names *names, const struct entry *entry);

/* The key of a row with its parts separated by commas; in the arena. */
const char *entry_key_shown(struct baton_arena *arena, const char *key);

/* A time as ISO 8601 has it: "2021-08-27T01:02:03.004Z"; in the arena. */
const char *time_exact(struct baton_arena *arena, int64_t time_utc_ms);

#endif
