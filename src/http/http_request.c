/* What a request says: headers, cookies, who asks, in which language. */
#include "http/http_inside.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>

const char *http_header(const struct http_request *request, const char *name) {
    const struct http_call *const call = (const struct http_call *)request;
    for (size_t i = 0; i < call->field_count; i++)
        if (strcasecmp(call->header[i].name, name) == 0)
            return call->header[i].value;
    return NULL;
}

size_t http_body_read(const struct http_request *request, uint64_t offset, void *to, size_t size) {
    return http_body_take(&((const struct http_call *)request)->body, offset, to, size);
}

static const char *first_of(const struct http_pair *pair, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(pair[i].name, name) == 0)
            return pair[i].value;
    return NULL;
}

const char *http_segment(const struct http_request *request, const char *name) {
    return first_of(request->segment, request->segment_count, name);
}

const char *http_query(const struct http_request *request, const char *name) {
    return first_of(request->query, request->query_count, name);
}

const char *http_cookie(const struct http_request *request, const char *name) {
    const char *at = http_header(request, "Cookie"), *value = NULL;
    const size_t name_size = strlen(name);
    size_t size = 0;
    while (at != NULL && *at != '\0') {
        at += strspn(at, "; \t");
        const size_t pair_size = strcspn(at, ";");
        if (pair_size > name_size && at[name_size] == '=' && memcmp(at, name, name_size) == 0) {
            if (value != NULL)
                return NULL;
            value = at + name_size + 1;
            size = pair_size - name_size - 1;
        }
        at += pair_size;
    }
    while (size > 0 && (value[size - 1] == ' ' || value[size - 1] == '\t'))
        size--;
    return value == NULL ? NULL : arena_text(request->arena, value, size);
}

bool http_address_read(const char *text, size_t size, struct in6_addr *address) {
    char copy[INET6_ADDRSTRLEN];
    if (size == 0 || size >= sizeof copy)
        return false;
    memcpy(copy, text, size);
    copy[size] = '\0';
    struct in_addr four;
    if (inet_pton(AF_INET, copy, &four) == 1) { /* as ::ffff:1.2.3.4 */
        memset(address, 0, sizeof *address);
        memset(&address->s6_addr[10], 0xff, 2);
        memcpy(&address->s6_addr[12], &four, sizeof four);
        return true;
    }
    return inet_pton(AF_INET6, copy, address) == 1;
}

static void write_address(const struct in6_addr *address, char text[INET6_ADDRSTRLEN]) {
    const bool is_four = IN6_IS_ADDR_V4MAPPED(address);
    inet_ntop(is_four ? AF_INET : AF_INET6,
              is_four ? (const void *)&address->s6_addr[12] : (const void *)address, text,
              INET6_ADDRSTRLEN);
}

static bool is_proxy(const struct http_server *server, const struct in6_addr *address) {
    for (size_t i = 0; i < server->proxy_count; i++)
        if (memcmp(&server->proxy[i], address, sizeof *address) == 0)
            return true;
    return false;
}

static struct in6_addr peer_of(struct MHD_Connection *wire) {
    struct in6_addr address = IN6ADDR_ANY_INIT;
    const union MHD_ConnectionInfo *const info =
        MHD_get_connection_info(wire, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info == NULL)
        return address;
    if (info->client_addr->sa_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, info->client_addr, sizeof six);
        return six.sin6_addr;
    }
    struct sockaddr_in four;
    memcpy(&four, info->client_addr, sizeof four);
    memset(&address.s6_addr[10], 0xff, 2);
    memcpy(&address.s6_addr[12], &four.sin_addr, sizeof four.sin_addr);
    return address;
}

/* The client as the proxies tell it: from the right, the first address that is none of theirs. What stands left of it anybody may have written. */
static struct in6_addr client_behind(const struct http_call *call, struct in6_addr peer) {
    const char *const list = http_header(&call->request, "X-Forwarded-For");
    size_t end = list == NULL ? 0 : strlen(list);
    while (end > 0 && is_proxy(call->server, &peer)) {
        size_t begin = end;
        while (begin > 0 && list[begin - 1] != ',')
            begin--;
        size_t from = begin, to = end;
        while (from < to && (list[from] == ' ' || list[from] == '\t'))
            from++;
        while (to > from && (list[to - 1] == ' ' || list[to - 1] == '\t'))
            to--;
        if (!http_address_read(list + from, to - from, &peer))
            break;
        end = begin > 0 ? begin - 1 : 0;
    }
    return peer;
}

/* As the proxies tell it, in the arena. */
static const char *peer_behind(const struct http_call *call, struct in6_addr proxy) {
    char text[INET6_ADDRSTRLEN] = "";
    const struct in6_addr client = client_behind(call, proxy);
    write_address(&client, text);
    return arena_text(call->request.arena, text, strlen(text));
}

/* 13 characters of 5 bits: a counter made to look like chance, so that ids of one server never meet and those of two seldom do. */
void http_request_name(struct http_call *call) {
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    uint64_t x =
        call->server->seed + 0x9e3779b97f4a7c15 * atomic_fetch_add(&call->server->request_count, 1);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    x ^= x >> 31;
    for (unsigned i = 0; i < 13; i++, x >>= 5)
        call->request.id[i] = digits[x & 31];
}

void http_request_read(struct http_call *call) {
    struct http_request *const request = &call->request;
    struct http_connection *const connection = call->connection;
    if (connection->peer[0] == '\0') {
        connection->address = peer_of(connection->wire);
        write_address(&connection->address, connection->peer);
    }
    const bool is_behind = is_proxy(call->server, &connection->address);
    const char *const proto = is_behind ? http_header(request, "X-Forwarded-Proto") : NULL;
    request->peer = is_behind ? peer_behind(call, connection->address) : connection->peer;
    request->is_secure = proto != NULL ? strcasecmp(proto, "https") == 0
                                       : call->server->settings.certificate != NULL;
    request->language =
        http_accept_language(http_header(request, "Accept-Language"), call->server->site->language);
}
