/* Small things that every file may use. */
#ifndef BASE_MACROS_H
#define BASE_MACROS_H

/* A result that may not be ignored. */
#define MUST_USE __attribute__((warn_unused_result))

/* The function takes a printf format as its argument `text` and the values from argument `first` on
 * (both counted from 1; `first` 0 for a va_list); the compiler checks them against each other. */
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

/* A function that is better not part of the ones that call it, being long and seldom called. */
#define NOINLINE __attribute__((noinline))

#define NORETURN __attribute__((noreturn))

/* What the function returns is never NULL. */
#define NEVER_NULL __attribute__((returns_nonnull))

/* How many elements an array has (an array, not a pointer). */
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Which way a condition nearly always goes. */
#define LIKELY(condition) __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/* Leaves the function with the code of `call` unless that is BATON_OK. */
#define TRY(call) \
    do { \
        baton_code try_code_ = (call); \
        if (try_code_ != BATON_OK) \
            return try_code_; \
    } while (0)

#endif
