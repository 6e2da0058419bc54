/* What a server counts, for Prometheus: text of the exposition format 0.0.4, with HELP and TYPE of each.
 *
 * Counting costs a request a few additions to numbers that all threads share, in no order (relaxed), and no lock; whoever reads sees each number as it is at that moment, not all of one
 * moment. */
#ifndef SERVER_METRICS_H
#define SERVER_METRICS_H

#include "http/http.h"
#include "ledger/ledger.h"

struct api;
struct writer;
struct metrics;

struct metrics *metrics_open(struct baton_arena *arena);

/* The journal has so many entries, at the beginning. */
void metrics_begin(struct metrics *metrics, uint64_t size);
/* A request has ended (struct http_site, done). */
void metrics_request(struct metrics *metrics, const struct http_request *request, int status,
                     uint64_t sent);
/* A batch of so many facts is durable; there are `size` entries now. */
void metrics_batch(struct metrics *metrics, size_t facts, uint64_t size);
/* Another process has appended. */
void metrics_others(struct metrics *metrics, uint64_t size);

/* All of it. The process's own figures are read from /proc, and left out where that is not there. */
void metrics_write(struct api *api, struct writer *writer);

#endif
