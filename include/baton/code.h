/* Every answer that a function of Baton can give, and the words for it.
 *
 * The list is code.def: name, number, HTTP status, exit status, severity, message and advice in both
 * languages. Numbers are never reused. In a message %1 .. %4 stand for the arguments of the finding; a part
 * `{?2...}` is left out where there is no argument 2, a part `{!2...}` where there is one. */
#ifndef BATON_CODE_H
#define BATON_CODE_H

#ifndef BATON_API
#define BATON_API __attribute__((visibility("default")))
#endif

typedef enum baton_code {
    BATON_OK = 0,
#define X(name, number, http, exit_status, severity, en, zh, advice_en, advice_zh) \
    BATON_##name = (number),
#include "code.def"
#undef X
} baton_code;

enum baton_severity {
    BATON_NOTE,    /* worth knowing; changes no answer */
    BATON_WARNING, /* sound, but probably not what was meant; an error under --strict */
    BATON_ERROR    /* refused */
};

enum baton_language { BATON_EN, BATON_ZH };

struct baton_code_info {
    const char *name; /* "WEIGHT_NEGATIVE" */
    int number;
    int http;        /* HTTP status */
    int exit_status; /* of a command that ends with it */
    enum baton_severity severity;
    const char *message[2]; /* by enum baton_language */
    const char *advice[2];  /* by enum baton_language; "" where there is none to give */
};

/* The entry of `code`; that of BATON_OK has the name "OK". Never NULL: an unknown number is a bug. */
BATON_API const struct baton_code_info *baton_code_info(baton_code code);

/* Why what the code says matters, where message and advice do not say it themselves: of the scheme lint (28xx, the list is
 * why.def). "" for all others. */
BATON_API const char *baton_code_why(baton_code code, enum baton_language language);

/* The entries in the order of their numbers, without OK; *count gets how many. */
BATON_API const struct baton_code_info *baton_code_list(unsigned *count);

#endif
