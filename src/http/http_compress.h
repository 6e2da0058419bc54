/* Bytes made smaller: gzip and br. */
#ifndef HTTP_HTTP_COMPRESS_H
#define HTTP_HTTP_COMPRESS_H

#include "http/http_accept.h"

/* Much: for what is made once and sent for as long as the program runs. Little: for what somebody waits for. */
enum http_effort { HTTP_EFFORT_LITTLE, HTTP_EFFORT_MUCH };

/* Writes the bytes in that coding (not identity) to out; returns how many, 0 where they do not fit into `room`, or memory is out. The same bytes give the same each time. */
size_t http_compress(enum http_coding coding, enum http_effort effort, const void *bytes,
                     size_t size, void *out, size_t room);

#endif
