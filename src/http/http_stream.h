/* Server-sent events to one client: what is to be sent waits in a queue of states, of which only the latest of each topic is kept, so that a slow reader gets the present, not the past,
 * and costs at most HTTP_STREAM_MOST bytes, and the system some HTTP_STREAM_SYSTEM. Whoever falls further behind is told to reload. */
#ifndef HTTP_HTTP_STREAM_H
#define HTTP_HTTP_STREAM_H

#include "http/http.h"

enum { HTTP_STREAM_MOST = 64 << 10, HTTP_STREAM_SYSTEM = 64 << 10, HTTP_HEARTBEAT_MS = 15000 };

/* A stream for http_answer_stream. `gone(context)` is called once, when the client has gone, the stream was ended or the server stops: after it nothing touches the stream. It must not
 * block. NULL where the server has no more room for streams (503 is answered). */
struct http_stream *http_stream_open(struct http_request *request, void (*gone)(void *context),
                                     void *context);

/* Sends an event; from any thread, does not wait. `id` is what the client brings back as Last-Event-ID; `topic` names what the data is the state of: an event of the same topic that
 * waits still is replaced. data is one line of JSON. When more than HTTP_STREAM_MOST bytes would wait, all that waits is dropped for one event `reload`. */
void http_stream_send(struct http_stream *stream, uint64_t id, const char *topic, const char *event,
                      const char *data, size_t size);

/* Ends it: an event `end` with that reason, and after how many milliseconds the client may come again (`retry`, another one each); then the connection is closed. */
void http_stream_end(struct http_stream *stream, const char *reason);

#endif
