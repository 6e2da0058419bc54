/* Included before everything else by the build: what does not compile in this project, and what to
 * write instead. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <sys/types.h>

#if defined(__has_attribute)
#if __has_attribute(unavailable)
#define BANNED(instead) __attribute__((unavailable(instead)))
#endif
#endif
#ifndef BANNED
#define BANNED(instead)
#endif

struct tm;

char *strcpy(char *to, const char *from) BANNED("the size is not known: arena_text, or memcpy");
char *strcat(char *to, const char *from) BANNED("the size is not known: arena_printf, or memcpy");
int sprintf(char *to, const char *format, ...)
    BANNED("the size is not known: snprintf or arena_printf");
char *strtok(char *text, const char *ends)
    BANNED("it changes the text and is not for threads: strcspn");
int atoi(const char *text) BANNED("it tells no error: baton_number_parse");
struct tm *gmtime(const time_t *when) BANNED("not for threads: gmtime_r");
struct tm *localtime(const time_t *when) BANNED("no result depends on a time zone; or localtime_r");
int system(const char *command) BANNED("no shell is run");

#undef BANNED
#endif
