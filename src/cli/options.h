/* Options of the command line. A command has a table of them, from which they are parsed and checked, and from which
 * help, man pages and completion are made; what a command then finds in struct settings is sound. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/arena.h"
#include "base/civil_moment.h"
#include "baton/findings.h"
#include "baton/period.h"

/* What an option's value is, and the type of its member of struct settings. */
enum option_type {
    OPTION_FLAG,   /* no value; bool */
    OPTION_WORD,   /* one of `words`; int, which of them from 0 */
    OPTION_COUNT,  /* a whole number from lowest to highest; uint32_t */
    OPTION_PERIOD, /* struct baton_period */
    OPTION_DATE,   /* int32_t, days since 1970-01-01 */
    OPTION_MOMENT, /* struct civil_moment */
    OPTION_TEXT    /* const char *, not empty */
};

struct option {
    const char *name; /* "period", written --period */
    char letter;      /* 'o' for -o; '\0' = none */
    enum option_type type;
    size_t offset;            /* of the member */
    const char *words;        /* OPTION_WORD: separated by spaces */
    uint32_t lowest, highest; /* OPTION_COUNT */
    /* what stands for it in help: "PERIOD"; of words NULL = they themselves */
    const char *value;
    const char *help[2]; /* by enum baton_language */
};

/* What the options of all commands set. A number that was not given is as settings_initial says. */
struct settings {
    struct baton_period period; /* kind NONE = the scheme's */
    int32_t as_of;              /* INT32_MAX = none */
    int color;                  /* enum setting_color */
    int language;               /* enum setting_language */
    int format;                 /* which of the command's words */
    int completion;             /* enum setting_completion */
    int what;                   /* which of the command's words */
    int paper;                  /* enum posting_paper; PAPER_USUAL = not given */
    uint32_t threads;           /* 0 = one a processor */
    uint32_t width, top, depth; /* 0 = not given */
    uint32_t level;             /* 0 = not given */
    const char *output, *group, *unit, *node, *font;
    const char *mapping, *package; /* of import-sheet */
    bool guess;
    bool awards, rounded, strict, no_lint, help, version, man, all, clauses, names;
    bool changes_only, exit_code, replace, add;

    /* Of ledgers: which one and who acts; what is said and why; what is looked at. */
    const char *ledger, *ledger_id, *key, *as;
    const char *id, *name, *role, *reason, *evidence, *from_package, *new_key;
    const char *indicator; /* of a post; NULL = of all */
    const char *assessment, *known, *kind, *table, *content, *since, *receipt, *journal;
    const char *listen, *config;  /* of serve; NULL = as the configuration says, as is usual */
    struct baton_period in_force; /* kind NONE = not given */
    int32_t from_day, to_day;     /* INT32_MAX = not given */
    int digest, signature;        /* which of the words */
    uint32_t wait, limit;         /* seconds; 0 = not given */
    bool correct, propose, withdraw, accept, refuse, head, want_receipt, want_journal, post, deputy;

    /* Of collection. */
    struct civil_moment at; /* day INT32_MAX = not given */
    uint32_t year;          /* 0 = not given */
    const char *reporter;
    const char *element, *department, *level_name; /* NULL = any */
    const char *person, *note, *source, *document;
    int stage; /* which of the command's words */
    int turn;  /* of waiting: which role's */
    bool open, twice, assessments, fill;
    const char *beside; /* of fill */
    bool over, trial;

    /* Of evidence. */
    const char *add_file, *get, *erase;
    bool unnamed, past_term, early;
};
enum { PAPER_USUAL = -1, WAIT_USUAL_SECONDS = 10 };
enum setting_color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
enum setting_completion { COMPLETION_NONE, COMPLETION_BASH, COMPLETION_ZSH };
enum setting_language { LANGUAGE_AUTO = -1, LANGUAGE_EN, LANGUAGE_ZH };

struct settings settings_initial(void);

/* Parses arguments[0..count): options of the table (which ends with an entry without name) set their members, the rest are
 * operands, at most operands_most. `--name value`, `--name=value`, `-o value`, `-ovalue`; behind `--` everything is
 * an operand; of an option given twice the last holds. Everything that is wrong is added to `found`; `command` is named
 * in the advice. */
void options_parse(struct baton_arena *arena, const struct option *table, const char *command,
                   char *const *arguments, size_t count, struct settings *out,
                   const char **operands, size_t *operand_count, struct baton_findings *found);

/* The language that `--lang` among the arguments asks for, else LC_ALL, LC_MESSAGES or LANG, the first that is set. */
enum baton_language options_language(char *const *arguments, size_t count);

/* The n-th of some words separated by spaces, and its size; NULL behind the last. */
const char *option_word(const char *words, size_t n, size_t *size);

#endif
