/* One function a thing; each tells a line or more. */
#include "cli/serve_config_look.h"
#include "cli/print_findings.h"
#include "cli/serve_config.h"
#include "cli/serve_tls.h"
#include "cli/world.h"
#include "report/explain_report.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { DAYS_LEFT_LEAST = 14, DAY_MS = 86400000, FILES_BESIDE = 128 };

struct looking {
    struct invocation *invocation;
    struct baton_arena *arena;
    struct serve_config config;
    bool is_served;
    config_told *tell;
    void *context;
};

static void tell(const struct looking *l, const char *name, const char *what, const char *value,
                 bool is_good) {
    l->tell(l->context, name, what, value, is_good);
}

/* "city.yaml:7:3: there is no setting ...; did you mean ..." */
static const char *words_of(const struct looking *l, const struct baton_finding *finding) {
    const enum baton_language language = l->invocation->language;
    const struct baton_where *const at = &finding->where;
    const char *const message = baton_finding_message(l->arena, finding, language);
    const char *const advice = baton_finding_advice(l->arena, finding, language);
    const char *const place =
        at->file == NULL ? ""
        : at->row == 0   ? arena_printf(l->arena, "%s: ", at->file)
                         : arena_printf(l->arena, "%s:%u:%u: ", at->file, at->row, at->column);
    return arena_printf(l->arena, "%s%s%s%s", place, message,
                        *advice == '\0'                       ? ""
                        : l->invocation->language == BATON_ZH ? "；"
                                                              : "; ",
                        advice);
}

static void tell_findings(const struct looking *l, const char *name, const char *what,
                          const struct baton_findings *found) {
    for (size_t i = 0; i < found->count; i++)
        tell(l, name, what, words_of(l, &found->item[i]),
             baton_code_info(found->item[i].code)->severity != BATON_ERROR);
}

/* The certificate */

/* What is to be said of the days that a certificate has left; "" = nothing. */
static const char *words_of_dates(const struct looking *l, const struct serve_tls *tls,
                                  int64_t now) {
    struct invocation *const invocation = l->invocation;
    if (now < tls->from_utc_ms)
        return in_language(invocation, "does not hold yet; ", "尚未生效；");
    if (now >= tls->until_utc_ms)
        return in_language(invocation, "has ended; ", "已过期；");
    return (tls->until_utc_ms - now) / DAY_MS < DAYS_LEFT_LEAST
               ? in_language(invocation, "ends soon; ", "即将到期；")
               : "";
}

static void look_at_dates(const struct looking *l, const struct serve_tls *tls) {
    struct invocation *const invocation = l->invocation;
    const char *const words = words_of_dates(l, tls, world_now_utc_ms());
    tell(l, "certificate", in_language(invocation, "certificate", "证书"),
         arena_printf(l->arena,
                      in_language(invocation, "%s: %sit holds until %s", "%s：%s有效期至 %s"),
                      tls->subject, words, explain_time(l->arena, tls->until_utc_ms)),
         *words == '\0');
}

static void look_at_tls(const struct looking *l) {
    struct invocation *const invocation = l->invocation;
    struct baton_findings found = {.arena = l->arena};
    struct serve_tls tls;
    if (l->config.certificate == NULL || l->config.key == NULL)
        return;
    if (serve_tls_read(l->arena, l->config.certificate, l->config.key, &tls, &found) != BATON_OK) {
        tell_findings(l, "certificate", in_language(invocation, "certificate", "证书"), &found);
        return;
    }
    look_at_dates(l, &tls);
    tell(l, "tls_key", in_language(invocation, "key of the certificate", "证书私钥"),
         tls.key_is_open
             ? arena_printf(l->arena,
                            in_language(invocation, "anybody on this machine may read %s",
                                        "本机任何人都可读取 %s"),
                            l->config.key)
             : l->config.key,
         !tls.key_is_open);
}

/* Addresses */

static bool is_loopback(const char *address) {
    return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

/* 0, or errno of what keeps somebody from listening there. */
static int try_to_listen(const struct serve_address *at) {
    const int yes = 1;
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(at->port)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(at->port)};
    const bool is_four = inet_pton(AF_INET, at->address, &four.sin_addr) == 1;
    if (!is_four && inet_pton(AF_INET6, at->address, &six.sin6_addr) != 1)
        return EINVAL;
    const int file = socket(is_four ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0)
        return errno;
    setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const int done = is_four ? bind(file, (const struct sockaddr *)&four, sizeof four)
                             : bind(file, (const struct sockaddr *)&six, sizeof six);
    const int error = done == 0 && listen(file, 1) == 0 ? 0 : errno;
    close(file);
    return error;
}

static void look_at_port(const struct looking *l, const char *name, const char *what,
                         const struct serve_address *at) {
    struct invocation *const invocation = l->invocation;
    const int error = try_to_listen(at);
    const bool is_perhaps_ours = error == EADDRINUSE && l->is_served;
    const char *const value =
        error == 0 ? in_language(invocation, "free", "可用")
        : is_perhaps_ours
            ? in_language(invocation, "in use; somebody appends to the ledger: its server?",
                          "已被占用；账本正由某进程写入，可能即为其服务")
            : strerror(error);
    tell(l, name, what, arena_printf(l->arena, "%s, %u: %s", at->address, at->port, value),
         error == 0 || is_perhaps_ours);
}

static void look_at_addresses(const struct looking *l) {
    struct invocation *const invocation = l->invocation;
    const struct serve_config *const config = &l->config;
    look_at_port(l, "listen", in_language(invocation, "listens at", "监听地址"), &config->listen);
    if (config->certificate == NULL && !is_loopback(config->listen.address) &&
        (config->proxies == NULL || config->proxies[0] == NULL))
        tell(l, "plain", in_language(invocation, "in the clear", "明文传输"),
             in_language(
                 invocation,
                 "without TLS and without a proxy in front, passwords can be read on the way",
                 "既未启用 TLS，也未列明代理服务器，密码会以明文传输"),
             false);
    if (config->metrics_listen.address == NULL)
        return;
    look_at_port(l, "metrics_listen", in_language(invocation, "figures at", "指标地址"),
                 &config->metrics_listen);
    if (strcmp(config->metrics_listen.address, "0.0.0.0") == 0 ||
        strcmp(config->metrics_listen.address, "::") == 0)
        tell(l, "metrics_open", in_language(invocation, "figures for", "指标公开范围"),
             in_language(invocation, "everybody who reaches this machine; name one address",
                         "凡能访问本机者都可读取；请指明一个地址"),
             false);
}

/* The machine */

static void look_at_limits(const struct looking *l) {
    struct invocation *const invocation = l->invocation;
    struct rlimit files;
    const uint64_t wanted = l->config.connections + FILES_BESIDE;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0)
        tell(l, "open_files", in_language(invocation, "open files", "可打开文件数"),
             arena_printf(l->arena,
                          in_language(invocation,
                                      "%" PRIu64 " for %u connections; %" PRIu64 " are wanted",
                                      "%" PRIu64 " 个，用于 %u 个连接；需要 %" PRIu64 " 个"),
                          (uint64_t)files.rlim_cur, l->config.connections, wanted),
             files.rlim_cur == RLIM_INFINITY || files.rlim_cur >= wanted);
    const long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    const uint64_t memory = pages > 0 && page > 0 ? (uint64_t)pages * (uint64_t)page : 0;
    const uint64_t hashing = (uint64_t)l->config.hash_kib * 1024 * l->config.hashes;
    if (memory > 0)
        tell(l, "passwords", in_language(invocation, "memory of sign-ins", "登录所用内存"),
             arena_printf(l->arena,
                          in_language(invocation, "%" PRIu64 " MiB of %" PRIu64,
                                      "%" PRIu64 " MiB，本机共 %" PRIu64 " MiB"),
                          hashing >> 20, memory >> 20),
             hashing <= memory / 2);
}

static void look_at_log(const struct looking *l) {
    struct invocation *const invocation = l->invocation;
    const char *const path = l->config.log_file;
    if (path == NULL)
        return;
    const char *const slash = strrchr(path, '/');
    const char *const folder =
        slash == NULL ? "." : arena_text(l->arena, path, (size_t)(slash - path) + 1);
    const bool is_there = access(path, F_OK) == 0;
    const int error = access(is_there ? path : folder, W_OK) == 0 ? 0 : errno;
    tell(l, "log_file", in_language(invocation, "log", "日志文件"),
         error == 0 ? path : arena_printf(l->arena, "%s: %s", path, strerror(error)), error == 0);
}

/* Where bodies lie until they are in the ledger: a folder that can be written, with room for all of them, and no memory in disguise. */
static void look_at_bodies(const struct looking *l) {
    enum { IN_MEMORY = 0x01021994 /* tmpfs */ };
    struct invocation *const invocation = l->invocation;
    const char *const usual = getenv("TMPDIR");
    const char *const folder = l->config.bodies_folder != NULL     ? l->config.bodies_folder
                               : usual != NULL && usual[0] != '\0' ? usual
                                                                   : "/tmp";
    const char *const what = in_language(invocation, "files of bodies", "请求体所用文件");
    struct statfs about;
    if (access(folder, W_OK | X_OK) != 0 || statfs(folder, &about) != 0) {
        tell(l, "bodies", what, arena_printf(l->arena, "%s: %s", folder, strerror(errno)), false);
        return;
    }
    const uint64_t free_mib = (uint64_t)about.f_bavail * (uint64_t)about.f_bsize >> 20;
    const bool is_memory = about.f_type == IN_MEMORY;
    tell(l, "bodies", what,
         arena_printf(l->arena,
                      in_language(invocation, "%s: %" PRIu64 " MiB free, up to %u are used%s",
                                  "%s：可用 %" PRIu64 " MiB，最多使用 %u MiB%s"),
                      folder, free_mib, l->config.bodies_file_mib,
                      is_memory ? in_language(invocation, "; it is memory (tmpfs): name another",
                                              "；该目录为内存文件系统（tmpfs），请另行指定")
                                : ""),
         free_mib >= l->config.bodies_file_mib && !is_memory);
}

void serve_config_look(struct invocation *invocation, const char *path, bool is_served,
                       config_told *told, void *context) {
    struct looking l = {.invocation = invocation,
                        .arena = invocation->arena,
                        .is_served = is_served,
                        .tell = told,
                        .context = context};
    struct baton_findings found = {.arena = invocation->arena};
    const char *const what = in_language(invocation, "configuration", "配置");
    l.config = serve_config_usual(invocation->arena);
    const baton_code code = serve_config_read(invocation->arena, path, &l.config, &found);
    if (code == BATON_OK && serve_config_check(&l.config, &found) == BATON_OK && found.count == 0)
        tell(&l, "config", what, path, true);
    else
        tell_findings(&l, "config", what, &found);
    look_at_tls(&l);
    look_at_addresses(&l);
    look_at_limits(&l);
    look_at_bodies(&l);
    look_at_log(&l);
}
