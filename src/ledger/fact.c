/* The form of facts: the table of kinds, read once into lists of names, and what each name's value must be. */
#include "ledger/fact.h"
#include "base/civil_moment.h"
#include "base/limits.h"
#include "base/text.h"
#include "baton/number.h"
#include "ledger/audit_words.h"
#include "ledger/deadlines.h"
#include "ledger/requests.h"
#include "ledger/rights.h"
#include "ledger/stage.h"
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
static const struct fact_kind_info kinds[FACT_KINDS] = {
#define X(name, word, scope, key, needed, optional, row, en, zh) \
    {word, (scope) == 1, (row) == 1, key, needed, optional, {en, zh}},
#include "ledger/fact_kinds.def"
#undef X
};
/* clang-format on */

enum {
    NAMES_MAX = 24,
    KEY_NAMES_MAX = 4,
    POSITION_DIGITS = 12,
    NAME_SIZE_MAX = 256,
    MINUTES_MOST = 10000,
    WORD_SIZE = 24
};

/* A name that a kind may have. */
struct name {
    const char *text;
    uint32_t size;
    char type;   /* of entry.h */
    bool begins; /* it stands for all that begin so */
    bool needed, is_key;
    char word[WORD_SIZE]; /* the text alone, with a NUL */
};

struct names {
    struct name name[NAMES_MAX];
    uint32_t count;
    const struct name *key[KEY_NAMES_MAX];
    uint32_t key_count;
};

static struct names names_of[FACT_KINDS];
static pthread_once_t names_read = PTHREAD_ONCE_INIT;

/* "id name(c) link:*": each with its type. */
static void add_names(struct names *names, const char *list, bool needed, bool is_key) {
    while (*list != '\0') {
        const size_t size = strcspn(list, " ");
        assert(names->count < NAMES_MAX);
        struct name *name = &names->name[names->count++];
        *name = (struct name){list, (uint32_t)size, 't', false, needed, is_key, ""};
        if (size > 3 && list[size - 1] == ')') {
            name->type = list[size - 2];
            name->size -= 3;
        }
        if (list[name->size - 1] == '*') {
            name->begins = true;
            name->size--;
        }
        assert(name->size < WORD_SIZE);
        memcpy(name->word, list, name->size);
        if (is_key) {
            assert(names->key_count < KEY_NAMES_MAX);
            names->key[names->key_count++] = name;
        }
        list += size;
        list += *list == ' ';
    }
}

static void read_names(void) {
    for (int k = 0; k < FACT_KINDS; k++) {
        add_names(&names_of[k], kinds[k].key, true, true);
        add_names(&names_of[k], kinds[k].needed, true, false);
        add_names(&names_of[k], kinds[k].optional, false, false);
    }
}

static const struct names *names(enum fact_kind kind) {
    pthread_once(&names_read, read_names);
    return &names_of[kind];
}

const struct fact_kind_info *fact_kind_info(enum fact_kind kind) {
    assert(kind < FACT_KINDS);
    return &kinds[kind];
}

bool fact_kind_of(const char *word, enum fact_kind *out) {
    for (int k = 0; k < FACT_KINDS; k++)
        if (strcmp(kinds[k].word, word) == 0) {
            *out = (enum fact_kind)k;
            return true;
        }
    return false;
}

bool fact_position(const char *text, uint64_t *out) {
    uint64_t value = 0;
    if (text[0] == '\0' || (text[0] == '0' && text[1] != '\0'))
        return false;
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] < '0' || text[i] > '9' || i >= 18)
            return false;
        value = value * 10 + (uint64_t)(text[i] - '0');
    }
    *out = value;
    return true;
}

bool fact_term(const char *text, unsigned *years) {
    enum { YEARS_MOST = 100 };
    const size_t digits = strspn(text, "0123456789");
    unsigned value = 0;
    *years = 0;
    if (strcmp(text, "permanent") == 0)
        return true;
    if (digits < 1 || digits > 3 || text[0] == '0' || strcmp(text + digits, "y") != 0)
        return false;
    for (size_t i = 0; i < digits; i++)
        value = value * 10 + (unsigned)(text[i] - '0');
    *years = value;
    return value <= YEARS_MOST;
}

/* Values */

#define DAY_WORDS "holiday workday"
#define FREQUENCY_WORDS "day week month quarter half year"
#define MOVES_WORDS "later earlier none"
#define EFFORT_WORDS "figure form file"

enum value_form {
    VALUE_ANY,
    VALUE_ID,
    VALUE_RECEIVER, /* whom a target is for: a unit, group:ID, * */
    VALUE_IDS_WORD, /* a role */
    VALUE_PERIOD,
    VALUE_DATE,
    VALUE_POSITION,
    VALUE_COUNT, /* a whole number, or empty */
    VALUE_ONE,
    VALUE_DIGESTS,
    VALUE_REQUEST, /* see fact_request_text */
    VALUE_VERDICT,
    VALUE_EVENT,   /* of audit_events.def */
    VALUE_OUTCOME, /* likewise */
    VALUE_TIME,    /* ms since 1970 */
    VALUE_EACH,    /* an element or a department, or * for all */
    VALUE_YEAR,
    VALUE_TEN, /* a power of ten: sharing_factor */
    VALUE_EFFORT,
    VALUE_MINUTES,
    VALUE_DAY_IS,
    VALUE_FREQUENCY,
    VALUE_MOVES,
    VALUE_STAGE,
    VALUE_OFFSET, /* of civil_moment.h */
    VALUE_MOMENT,
    VALUE_KEPT, /* what has a term */
    VALUE_TERM
};

/* What the value of a field must be: of one kind, or of all (FACT_KINDS). */
static const struct {
    enum fact_kind kind;
    const char *name;
    enum value_form form;
} value_forms[] = {
    {FACT_KINDS, "id", VALUE_ID},
    {FACT_DAY, "date", VALUE_DATE},
    {FACT_DAY, "is", VALUE_DAY_IS},
    {FACT_CALENDAR, "frequency", VALUE_FREQUENCY},
    {FACT_CALENDAR, "opens", VALUE_OFFSET},
    {FACT_CALENDAR, "due", VALUE_OFFSET},
    {FACT_CALENDAR, "grace", VALUE_OFFSET},
    {FACT_CALENDAR, "locks", VALUE_OFFSET},
    {FACT_CALENDAR, "moves", VALUE_MOVES},
    {FACT_PERIOD, "opens", VALUE_MOMENT},
    {FACT_PERIOD, "due", VALUE_MOMENT},
    {FACT_PERIOD, "grace", VALUE_MOMENT},
    {FACT_PERIOD, "locks", VALUE_MOMENT},
    {FACT_REPORT, "element", VALUE_ID},
    {FACT_REPORT, "reporter", VALUE_ID},
    {FACT_REPORT, "drafter", VALUE_ID},
    {FACT_REPORT, "reopened", VALUE_ONE},
    {FACT_REPORT, "stage", VALUE_STAGE},
    {FACT_REPORT, "returns", VALUE_COUNT},
    {FACT_EXCEPTION, "element", VALUE_EACH},
    {FACT_EXCEPTION, "due", VALUE_MOMENT},
    {FACT_EXCEPTION, "grace", VALUE_MOMENT},
    {FACT_EXCEPTION, "locks", VALUE_MOMENT},
    {FACT_SHARING, "element", VALUE_ID},
    {FACT_SHARING, "from", VALUE_ID},
    {FACT_SHARING, "from_element", VALUE_ID},
    {FACT_SHARING, "factor", VALUE_TEN},
    {FACT_SHARING, "since", VALUE_PERIOD},
    {FACT_PERMITTED, "element", VALUE_EACH},
    {FACT_PERMITTED, "department", VALUE_EACH},
    {FACT_PERMITTED, "assessment", VALUE_ID},
    {FACT_PERMITTED, "until", VALUE_DATE},
    {FACT_REGISTRATION, "department", VALUE_ID},
    {FACT_REGISTRATION, "year", VALUE_YEAR},
    {FACT_REGISTRATION, "assessment", VALUE_ID},
    {FACT_QUOTA, "department", VALUE_EACH},
    {FACT_QUOTA, "year", VALUE_YEAR},
    {FACT_QUOTA, "limit", VALUE_COUNT},
    {FACT_QUOTA, "registered", VALUE_ONE},
    {FACT_EFFORT, "what", VALUE_EFFORT},
    {FACT_EFFORT, "minutes", VALUE_MINUTES},
    {FACT_TARGET, "unit", VALUE_RECEIVER},
    {FACT_KINDS, "unit", VALUE_ID},
    {FACT_KINDS, "person", VALUE_ID},
    {FACT_OBSERVATION, "element", VALUE_ID},
    {FACT_ADJUSTMENT, "item", VALUE_ID},
    {FACT_KINDS, "period", VALUE_PERIOD},
    {FACT_SCHEME, "in_force", VALUE_PERIOD},
    {FACT_UNIT, "joined", VALUE_PERIOD},
    {FACT_UNIT, "left", VALUE_PERIOD},
    {FACT_POST, "role", VALUE_IDS_WORD},
    {FACT_POST, "from", VALUE_DATE},
    {FACT_POST, "to", VALUE_DATE},
    {FACT_POST, "assessment", VALUE_ID},
    {FACT_POST, "indicator", VALUE_ID},
    {FACT_POST, "deputy", VALUE_ONE},
    {FACT_SUCCESSION, "from", VALUE_ID},
    {FACT_SUCCESSION, "to", VALUE_ID},
    {FACT_SUCCESSION, "date", VALUE_DATE},
    {FACT_ADJUSTMENT, "issued", VALUE_DATE},
    {FACT_PROPOSAL, "expires", VALUE_TIME},
    {FACT_DECISION, "proposal", VALUE_POSITION},
    {FACT_DECISION, "verdict", VALUE_VERDICT},
    {FACT_WITHDRAWAL, "proposal", VALUE_POSITION},
    {FACT_POSTING, "scheme", VALUE_POSITION},
    {FACT_POSTING, "size", VALUE_POSITION},
    {FACT_EVIDENCE, "size", VALUE_COUNT},
    {FACT_TERM, "of", VALUE_KEPT},
    {FACT_TERM, "term", VALUE_TERM},
    {FACT_AUDIT, "event", VALUE_EVENT},
    {FACT_AUDIT, "outcome", VALUE_OUTCOME},
    {FACT_AUDIT, "count", VALUE_COUNT},
    {FACT_KINDS, "@corrects", VALUE_POSITION},
    {FACT_KINDS, "@row", VALUE_POSITION},
    {FACT_KINDS, "@request", VALUE_REQUEST},
    {FACT_KINDS, "@proposal", VALUE_POSITION},
    {FACT_OBSERVATION, "@from", VALUE_POSITION},
    {FACT_KINDS, "@withdrawn", VALUE_ONE},
    {FACT_KINDS, "@verifier", VALUE_ID},
    {FACT_KINDS, "@evidence", VALUE_DIGESTS},
};

static enum value_form form_of(enum fact_kind kind, const char *name) {
    for (size_t i = 0; i < LENGTH(value_forms); i++)
        if ((value_forms[i].kind == kind || value_forms[i].kind == FACT_KINDS) &&
            strcmp(value_forms[i].name, name) == 0)
            return value_forms[i].form;
    return VALUE_ANY;
}

static bool are_digests(const char *text, size_t size) {
    struct digest digest;
    while (size > 64 && text[64] == ' ' && digest_of_hex(text, 64, &digest)) {
        text += 65;
        size -= 65;
    }
    return digest_of_hex(text, size, &digest);
}

/* "KEY DIGEST COUNT", the digest in 64 digits. */
static bool is_request(const char *text, size_t size, uint64_t *count) {
    struct digest digest;
    size_t key = 0;
    while (key < size && text[key] >= '!' && text[key] <= '~')
        key++;
    if (key == 0 || key > REQUEST_KEY_MAX || size < key + 67 || text[key] != ' ' ||
        text[key + 65] != ' ' || !digest_of_hex(text + key + 1, 64, &digest))
        return false;
    return fact_position(text + key + 66, count) && *count > 0;
}

static bool value_holds(enum value_form form, const char *text, size_t size) {
    struct baton_period period;
    int32_t day;
    uint64_t number;
    enum role role;
    enum audit_event event;
    enum audit_outcome outcome;
    struct civil_offset offset;
    enum stage stage;
    struct civil_moment moment;
    double minutes;
    int shift;
    unsigned years;
    switch (form) {
    case VALUE_ANY:
        return true;
    case VALUE_ID:
        return text_is_identifier(text, size);
    case VALUE_RECEIVER:
        if (size == 1 && text[0] == '*')
            return true;
        if (size > 6 && memcmp(text, "group:", 6) == 0)
            return text_is_identifier(text + 6, size - 6);
        return text_is_identifier(text, size);
    case VALUE_IDS_WORD:
        return role_of_word(text, size, &role);
    case VALUE_PERIOD:
        return baton_period_parse(text, size, &period);
    case VALUE_DATE:
        return baton_day_parse(text, size, &day);
    case VALUE_POSITION:
    case VALUE_COUNT:
    case VALUE_TIME:
        return fact_position(text, &number);
    case VALUE_ONE:
        return size == 1 && text[0] == '1';
    case VALUE_DIGESTS:
        return are_digests(text, size);
    case VALUE_REQUEST:
        return is_request(text, size, &number);
    case VALUE_KEPT:
        return strcmp(text, "evidence") == 0;
    case VALUE_TERM:
        return fact_term(text, &years);
    case VALUE_VERDICT:
        return strcmp(text, "accepted") == 0 || strcmp(text, "refused") == 0;
    case VALUE_EVENT:
        return audit_event_of(text, &event);
    case VALUE_OUTCOME:
        return audit_outcome_of(text, &outcome);
    case VALUE_EACH:
        return (size == 1 && text[0] == '*') || text_is_identifier(text, size);
    case VALUE_YEAR:
        return size == 4 && baton_period_parse(text, size, &period) && period.kind == BATON_YEAR;
    case VALUE_TEN:
        return sharing_factor(text, size, &shift);
    case VALUE_EFFORT:
        return text_is_word_of(EFFORT_WORDS, text, size);
    case VALUE_MINUTES:
        return baton_number_parse(text, size, &minutes, NULL) == BATON_NUMBER_OK && minutes >= 0 &&
               minutes <= MINUTES_MOST;
    case VALUE_DAY_IS:
        return text_is_word_of(DAY_WORDS, text, size);
    case VALUE_FREQUENCY:
        return text_is_word_of(FREQUENCY_WORDS, text, size);
    case VALUE_MOVES:
        return text_is_word_of(MOVES_WORDS, text, size);
    case VALUE_STAGE:
        return stage_of_word(text, &stage);
    case VALUE_OFFSET:
        return civil_offset_parse(text, size, &offset);
    case VALUE_MOMENT:
        return civil_moment_parse(text, size, &moment);
    }
    return false;
}

/* What to write instead, in English and Chinese. */
static void advise(enum value_form form, const char *out[2]) {
    out[0] = out[1] = NULL;
    switch (form) {
    case VALUE_ID:
        out[0] = "an identifier has letters, digits, `_`, `.`, `-` and Chinese characters";
        out[1] = "标识由字母、数字、`_`、`.`、`-` 和汉字组成";
        break;
    case VALUE_RECEIVER:
        out[0] = "the id of a unit, group:ID, or * for everybody";
        out[1] = "考核对象的标识、group:类别标识，或表示全部的 *";
        break;
    case VALUE_IDS_WORD:
        out[0] = out[1] = ROLES;
        break;
    case VALUE_PERIOD:
        out[0] = out[1] = "2021, 2021-H1, 2021-Q3, 2021-08, 2021-W35, 2021-08-27";
        break;
    case VALUE_DATE:
        out[0] = out[1] = "2021-08-27";
        break;
    case VALUE_EACH:
        out[0] = "an identifier, or * for all";
        out[1] = "标识，或表示全部的 *";
        break;
    case VALUE_YEAR:
        out[0] = out[1] = "2021";
        break;
    case VALUE_TEN:
        out[0] = "a power of ten, as 万元 to 亿元 is: 0.0001, 10, 10000";
        out[1] = "10 的整数次幂，如万元换算亿元为 0.0001，反之为 10000";
        break;
    case VALUE_EFFORT:
        out[0] = out[1] = EFFORT_WORDS;
        break;
    case VALUE_MINUTES:
        out[0] = "minutes, from 0 to 10000";
        out[1] = "分钟数，0 至 10000";
        break;
    case VALUE_DAY_IS:
        out[0] = out[1] = DAY_WORDS;
        break;
    case VALUE_FREQUENCY:
        out[0] = out[1] = FREQUENCY_WORDS;
        break;
    case VALUE_MOVES:
        out[0] = out[1] = MOVES_WORDS;
        break;
    case VALUE_OFFSET:
        out[0] = "days after the last day of the period: 10d, 8wd (workdays), -5d, 8wd 17:00";
        out[1] = "周期末日之后的天数：10d（自然日）、8wd（工作日）、-5d（之前）、8wd 17:00";
        break;
    case VALUE_KEPT:
        out[0] = out[1] = "evidence";
        break;
    case VALUE_TERM:
        out[0] = out[1] = "1y ... 100y, permanent";
        break;
    case VALUE_MOMENT:
        out[0] = "a day, or a day and a time: 2021-09-10, 2021-09-10T17:00";
        out[1] = "日期，或日期和时刻：2021-09-10、2021-09-10T17:00";
        break;
    default:
        break;
    }
}

/* Fields */

static const char *const own_names[] = {"@corrects", "@evidence", "@from",
                                        "@proposal", "@reason",   "@request",
                                        "@row",      "@verifier", "@withdrawn"};

static bool is_own(const char *name) {
    for (size_t i = 0; i < LENGTH(own_names); i++)
        if (strcmp(own_names[i], name) == 0)
            return true;
    return false;
}

static const struct name *find_name(const struct names *names, const char *name) {
    for (uint32_t i = 0; i < names->count; i++) {
        const struct name *one = &names->name[i];
        if (strncmp(name, one->text, one->size) == 0 &&
            (one->begins ? name[one->size] != '\0' : name[one->size] == '\0'))
            return one;
    }
    return NULL;
}

static baton_code refuse(struct baton_findings *found, baton_code code, const char *arg1,
                         const char *arg2, const char *arg3, const char *arg4) {
    baton_findings_add(found, code, (struct baton_where){0}, arg1, arg2, arg3, arg4);
    return code;
}

char fact_field_type(enum fact_kind kind, const char *name) {
    const struct name *found = find_name(names(kind), name);
    return found != NULL ? found->type : 't';
}

static baton_code refuse_unknown(const struct names *names, const struct fact_body *body,
                                 const char *field, struct baton_findings *found) {
    struct text_guess guess = {.text = field, .size = strlen(field)};
    const char *list = "";
    for (uint32_t i = 0; i < names->count; i++) {
        const struct name *one = &names->name[i];
        const char *name = arena_text(found->arena, one->text, one->size);
        list = arena_printf(found->arena, "%s%s%s%s", list, i > 0 ? " " : "", name,
                            one->begins ? "..." : "");
        text_guess_offer(&guess, name, one->size);
    }
    return refuse(found, BATON_FACT_FIELD_UNKNOWN, body->kind, field, guess.best, list);
}

static bool is_withdrawn(const struct fact_body *body) {
    return body_field(body, "@withdrawn") != NULL;
}

static baton_code check_field(enum fact_kind kind, const struct fact_body *body,
                              const struct field *field, struct baton_findings *found) {
    const struct names *all = names(kind);
    char type = 't';
    const size_t length = strlen(field->name);
    if (length > NAME_SIZE_MAX || text_valid_size(field->name, length) != length)
        return refuse(found, BATON_FACT_FIELD_UNKNOWN, body->kind, "...", NULL, "");
    if (field->name[0] == '@') {
        if (!is_own(field->name))
            return refuse_unknown(all, body, field->name, found);
    } else if (!(kinds[kind].is_row && strncmp(field->name, "x_", 2) == 0)) {
        const struct name *name = find_name(all, field->name);
        if (name == NULL || (is_withdrawn(body) && !name->is_key))
            return refuse_unknown(all, body, field->name, found);
        type = name->type;
    }
    if (field->type != type)
        return refuse(found, BATON_FACT_FIELD_TYPE, field->name, NULL, NULL, NULL);
    if (type == 'c' && field->size != DIGEST_SIZE)
        return refuse(found, BATON_FACT_FIELD_TYPE, field->name, NULL, NULL, NULL);
    if (type != 't')
        return BATON_OK;
    if (field->size > LIMIT_FIELD_SIZE)
        return refuse(found, BATON_FACT_TOO_LARGE, "65536", NULL, NULL, NULL);
    const enum value_form form = form_of(kind, field->name);
    const char *advice[2];
    advise(form, advice);
    if (memchr(field->value, '\0', field->size) == NULL &&
        text_valid_size(field->value, field->size) == field->size &&
        value_holds(form, field->value, field->size))
        return BATON_OK;
    const size_t shown = field->size < 60 ? field->size : text_fit(field->value, field->size, 60);
    return refuse(found, BATON_FACT_FIELD_BAD, field->name,
                  arena_text(found->arena, field->value, shown), advice[0], advice[1]);
}

static baton_code check_needed(enum fact_kind kind, const struct fact_body *body,
                               struct baton_findings *found) {
    const struct names *all = names(kind);
    for (uint32_t i = 0; i < all->count; i++) {
        const struct name *name = &all->name[i];
        if (!name->needed || (is_withdrawn(body) && !name->is_key))
            continue;
        /* A post may be of no unit in particular. */
        if (kind == FACT_POST && name->size == 4 && memcmp(name->text, "unit", 4) == 0)
            continue;
        if (body_field(body, name->word) == NULL)
            return refuse(found, BATON_FACT_FIELD_NEEDED, body->kind, name->word, NULL, NULL);
    }
    return BATON_OK;
}

/* What is proposed and decided may be of the ledger as a whole: an erasure is. */
static bool assessment_holds(enum fact_kind kind, const char *assessment) {
    const bool may_be_none = !kinds[kind].of_assessment || kind == FACT_PROPOSAL ||
                             kind == FACT_DECISION || kind == FACT_WITHDRAWAL;
    return assessment[0] == '\0'
               ? may_be_none
               : kinds[kind].of_assessment && text_is_identifier(assessment, strlen(assessment));
}

/* Of a period or exception: whether its moments follow each other. */
static baton_code check_deadlines(const struct fact_body *body, struct baton_findings *found) {
    struct deadlines deadlines;
    const char *earlier, *later;
    const bool is_read = deadlines_read(body, &deadlines);
    assert(is_read); /* each was looked at as a field */
    return deadlines_cross(&deadlines, &earlier, &later)
               ? refuse(found, BATON_DEADLINES_CROSS, later, body_text(body, later), earlier,
                        body_text(body, earlier))
               : BATON_OK;
}

baton_code fact_check(const struct fact_body *body, struct baton_findings *found) {
    enum fact_kind kind;
    if (!fact_kind_of(body->kind, &kind))
        return refuse(found, BATON_FACT_KIND, body->kind, NULL, NULL, NULL);
    if (!assessment_holds(kind, body->assessment))
        return refuse(found, BATON_FACT_IDENTIFIER, body->assessment, NULL, NULL, NULL);
    if (body->field_count > ENTRY_FIELDS_MAX)
        return refuse(found, BATON_FACT_TOO_LARGE, "1048576", NULL, NULL, NULL);
    for (size_t i = 0; i < body->field_count; i++) {
        if (i > 0 && strcmp(body->field[i - 1].name, body->field[i].name) == 0)
            return refuse(found, BATON_FACT_FIELD_TWICE, body->field[i].name, NULL, NULL, NULL);
        TRY(check_field(kind, body, &body->field[i], found));
    }
    TRY(check_needed(kind, body, found));
    if ((kind == FACT_PERIOD || kind == FACT_EXCEPTION) && !is_withdrawn(body))
        TRY(check_deadlines(body, found));
    const bool corrects = body_field(body, "@corrects") != NULL;
    if ((corrects || is_withdrawn(body)) && (!kinds[kind].is_row || !corrects))
        return refuse(found, BATON_FACT_FIELD_NEEDED, body->kind, "@corrects", NULL, NULL);
    /* Of a report each act is a correction: stages.def says which need a reason. */
    if (corrects && kind != FACT_REPORT && body_field(body, "@reason") == NULL)
        return refuse(found, BATON_REASON_NEEDED, NULL, NULL, NULL, NULL);
    return BATON_OK;
}

void fact_position_key(uint64_t position, char out[FACT_POSITION_SIZE]) {
    snprintf(out, FACT_POSITION_SIZE, "%0*llu", POSITION_DIGITS, (unsigned long long)position);
}

const char *fact_key(struct baton_arena *arena, const struct fact_body *body, uint64_t position) {
    enum fact_kind kind;
    if (!fact_kind_of(body->kind, &kind))
        return "";
    const struct names *all = names(kind);
    const uint32_t count = all->key_count;
    if (count == 0) {
        (void)fact_position(body_text(body, "@row"), &position);
        char *const own = arena_alloc_raw(arena, FACT_POSITION_SIZE, 1);
        fact_position_key(position, own);
        return own;
    }
    const char *value[KEY_NAMES_MAX];
    size_t length[KEY_NAMES_MAX], size = 0;
    for (uint32_t i = 0; i < count; i++) {
        value[i] = body_text(body, all->key[i]->word);
        length[i] = strlen(value[i]);
        size += length[i] + 1;
    }
    char *key = arena_alloc_raw(arena, size, 1), *at = key;
    for (uint32_t i = 0; i < count; i++) {
        memcpy(at, value[i], length[i]);
        at += length[i];
        *at++ = i + 1 < count ? '\x1f' : '\0';
    }
    return key;
}

const char *fact_request_text(struct baton_arena *arena, const struct request *request,
                              uint64_t count) {
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&request->digest, hex);
    return arena_printf(arena, "%s %s %llu", request->key, hex, (unsigned long long)count);
}

bool fact_request_read(struct baton_arena *arena, const char *text, size_t size,
                       struct request *out, uint64_t *count) {
    if (!is_request(text, size, count))
        return false;
    const size_t key = strcspn(text, " ");
    out->key = arena_text(arena, text, key);
    return digest_of_hex(text + key + 1, 64, &out->digest);
}
