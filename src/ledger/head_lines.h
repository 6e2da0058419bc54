/* The lines of heads and receipts, for who writes them and who reads them. */
#ifndef LEDGER_HEAD_LINES_H
#define LEDGER_HEAD_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HEAD_LINE "baton-head 1"
#define RECEIPT_LINE "baton-receipt 1"

/* A time as RFC 3339 in UTC with milliseconds, 2021-08-27T01:02:03.004Z, from 1970 to 2999: 24 characters and a NUL. */
enum { TIME_TEXT_SIZE = 25 };
void time_write(int64_t time_utc_ms, char out[TIME_TEXT_SIZE]);
/* Exactly that form and a time that there is; no second 60. */
bool time_read(const char *text, size_t size, int64_t *out);

#endif
