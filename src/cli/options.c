/* Parsing of the command line by the tables of commands.c. */
#include "cli/options.h"
#include "base/text.h"
#include "baton/number.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct settings settings_initial(void) {
    return (struct settings){.as_of = INT32_MAX,
                             .language = LANGUAGE_AUTO,
                             .paper = PAPER_USUAL,
                             .from_day = INT32_MAX,
                             .to_day = INT32_MAX,
                             .wait = WAIT_USUAL_SECONDS,
                             .at = {.day = INT32_MAX}};
}

const char *option_word(const char *words, size_t n, size_t *size) {
    for (;; n--) {
        *size = strcspn(words, " ");
        if (n == 0)
            return *size == 0 ? NULL : words;
        words += *size;
        if (*words == '\0')
            return NULL;
        words++;
    }
}

static int which_word(const char *words, const char *text) {
    size_t size;
    const char *word;
    for (size_t n = 0; (word = option_word(words, n, &size)) != NULL; n++)
        if (strlen(text) == size && memcmp(word, text, size) == 0)
            return (int)n;
    return -1;
}

static void complain(struct baton_findings *found, baton_code code, const char *a, const char *b,
                     const char *c, const char *d) {
    baton_findings_add(found, code, (struct baton_where){0}, a, b, c, d);
}

/* "table, csv, json" */
static const char *listed(struct baton_arena *arena, const char *words) {
    char *out = arena_alloc(arena, 2 * strlen(words) + 1, 1), *to = out;
    for (const char *from = words; *from != '\0'; from++) {
        if (*from == ' ')
            *to++ = ',';
        *to++ = *from;
    }
    return out;
}

static bool read_count(const char *text, uint32_t lowest, uint32_t highest, uint32_t *out) {
    uint64_t count = 0;
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9' || count > UINT32_MAX)
            return false;
        count = 10 * count + (uint64_t)(*text - '0');
    }
    if (count < lowest || count > highest)
        return false;
    *out = (uint32_t)count;
    return true;
}

/* Puts the value where the option says; what is wrong with it is said by the code for its type. */
static void set(struct baton_arena *arena, const struct option *option, const char *shown,
                const char *value, struct settings *out, struct baton_findings *found) {
    void *member = (char *)out + option->offset;
    switch (option->type) {
    case OPTION_FLAG:
        *(bool *)member = true;
        break;
    case OPTION_WORD: {
        const int which = which_word(option->words, value);
        if (which >= 0) {
            *(int *)member = which;
            break;
        }
        struct text_guess guess = {.text = value, .size = strlen(value)};
        const char *word;
        size_t size;
        for (size_t n = 0; (word = option_word(option->words, n, &size)) != NULL; n++)
            text_guess_offer(&guess, word, size);
        complain(found, BATON_OPTION_WORD, shown, value, listed(arena, option->words),
                 guess.best == NULL ? NULL : arena_text(arena, guess.best, guess.best_size));
        break;
    }
    case OPTION_COUNT:
        if (!read_count(value, option->lowest, option->highest, member))
            complain(found, BATON_OPTION_COUNT, shown, value,
                     arena_printf(arena, "%u", option->lowest),
                     arena_printf(arena, "%u", option->highest));
        break;
    case OPTION_PERIOD:
        if (!baton_period_parse(value, strlen(value), member))
            complain(found, BATON_OPTION_PERIOD, shown, value, NULL, NULL);
        break;
    case OPTION_DATE:
        if (!baton_day_parse(value, strlen(value), member))
            complain(found, BATON_OPTION_DATE, shown, value, NULL, NULL);
        break;
    case OPTION_MOMENT:
        if (!civil_moment_parse(value, strlen(value), member))
            complain(found, BATON_OPTION_MOMENT, shown, value, NULL, NULL);
        break;
    case OPTION_TEXT:
        *(const char **)member = value;
        if (*value == '\0')
            complain(found, BATON_OPTION_EMPTY, shown, option->value, NULL, NULL);
        break;
    }
}

static const struct option *find_name(const struct option *table, const char *name, size_t size) {
    for (; table->name != NULL; table++)
        if (strlen(table->name) == size && memcmp(table->name, name, size) == 0)
            return table;
    return NULL;
}

static const struct option *find_letter(const struct option *table, char letter) {
    for (; table->name != NULL; table++)
        if (letter != '\0' && table->letter == letter)
            return table;
    return NULL;
}

static void unknown(struct baton_arena *arena, const struct option *table, const char *command,
                    const char *text, size_t size, struct baton_findings *found) {
    struct text_guess guess = {.text = text, .size = size};
    for (const struct option *option = table; option->name != NULL; option++) {
        const char *name = arena_printf(arena, "--%s", option->name);
        text_guess_offer(&guess, name, strlen(name));
    }
    complain(found, BATON_OPTION_UNKNOWN, arena_text(arena, text, size),
             guess.best == NULL ? NULL : arena_text(arena, guess.best, guess.best_size), command,
             NULL);
}

void options_parse(struct baton_arena *arena, const struct option *table, const char *command,
                   char *const *arguments, size_t count, struct settings *out,
                   const char **operands, size_t *operand_count, struct baton_findings *found) {
    bool only_operands = false;
    for (size_t i = 0; i < count; i++) {
        const char *text = arguments[i];
        if (only_operands || text[0] != '-' || text[1] == '\0') {
            operands[(*operand_count)++] = text;
            continue;
        }
        if (strcmp(text, "--") == 0) {
            only_operands = true;
            continue;
        }
        const bool is_long = text[1] == '-';
        const size_t size = is_long ? strcspn(text, "=") : 2;
        const struct option *option =
            is_long ? find_name(table, text + 2, size - 2) : find_letter(table, text[1]);
        if (option == NULL) {
            unknown(arena, table, command, text, is_long ? size : strlen(text), found);
            continue;
        }
        const char *shown = arena_text(arena, text, size);
        const char *value = text[size] == '\0' ? NULL : text + size + (is_long ? 1 : 0);
        if (option->type == OPTION_FLAG && value != NULL) {
            complain(found, BATON_OPTION_IDLE, shown, value, NULL, NULL);
            continue;
        }
        if (option->type != OPTION_FLAG && value == NULL) {
            if (i + 1 == count) {
                complain(found, BATON_OPTION_EMPTY, shown,
                         option->type == OPTION_WORD ? listed(arena, option->words) : option->value,
                         NULL, NULL);
                continue;
            }
            value = arguments[++i];
        }
        set(arena, option, shown, value, out, found);
    }
}

enum baton_language options_language(char *const *arguments, size_t count) {
    const char *asked = NULL;
    for (size_t i = 0; i < count && strcmp(arguments[i], "--") != 0; i++) {
        if (strcmp(arguments[i], "--lang") == 0 && i + 1 < count)
            asked = arguments[i + 1];
        else if (strncmp(arguments[i], "--lang=", 7) == 0)
            asked = arguments[i] + 7;
    }
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; asked == NULL && i < LENGTH(variables); i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && *value != '\0')
            asked = value;
    }
    return asked != NULL && strncmp(asked, "zh", 2) == 0 ? BATON_ZH : BATON_EN;
}
