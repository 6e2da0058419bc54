/* Ranges of what is there (RFC 9110, 14.1.2): one of bytes. Several, or what is none, count as if they were not asked for. */
#ifndef HTTP_HTTP_RANGE_H
#define HTTP_HTTP_RANGE_H

#include <stdint.h>

enum http_range { HTTP_RANGE_ALL, HTTP_RANGE_PART, HTTP_RANGE_OUTSIDE };

/* Of `size` bytes; text NULL = none is asked for. Of a part *from and *count (more than 0) say which. */
enum http_range http_range_read(const char *text, uint64_t size, uint64_t *from, uint64_t *count);

#endif
