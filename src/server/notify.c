/* A connection of its own for each notice: they are few, and the thread that sends them does nothing else. */
#include "server/notify.h"
#include "base/steady.h"
#include <assert.h>
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_MS = 10 };

struct notify {
    struct notify_settings set;
    uint8_t secret[NOTIFY_SECRET_MAX];
    size_t secret_size; /* 0 = none */
};

/* Opening */

static void begin_curl(void) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

bool notify_is_address(const char *text) {
    const char *const host = strncmp(text, "https://", 8) == 0  ? text + 8
                             : strncmp(text, "http://", 7) == 0 ? text + 7
                                                                : NULL;
    return host != NULL && host[0] != '\0' && host[0] != '/' && strpbrk(text, " \t\r\n@") == NULL;
}

static baton_code refuse(struct baton_findings *found, baton_code code, const char *a,
                         const char *b, const char *en, const char *zh) {
    baton_findings_add(found, code, (struct baton_where){0}, a, b, en, zh);
    return code;
}

static baton_code read_secret(struct notify *notify, struct baton_findings *found) {
    const char *const path = notify->set.secret;
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    const ssize_t size = fd < 0 ? -1 : read(fd, notify->secret, sizeof notify->secret);
    const int error = errno;
    if (fd >= 0)
        close(fd);
    if (size < 0)
        return refuse(found, BATON_FILE_READ, path, strerror(error), NULL, NULL);
    notify->secret_size = (size_t)size;
    while (notify->secret_size > 0 && (notify->secret[notify->secret_size - 1] == '\n' ||
                                       notify->secret[notify->secret_size - 1] == '\r'))
        notify->secret_size--;
    if (notify->secret_size == 0 || size == (ssize_t)sizeof notify->secret)
        return refuse(found, BATON_CONFIG_VALUE, path, "notify.secret",
                      "a file with a secret of 1 to 1,023 bytes", "含密钥的文件，1 至 1,023 字节");
    return BATON_OK;
}

baton_code notify_open(struct baton_arena *arena, const struct notify_settings *settings,
                       struct notify **out, struct baton_findings *found) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    *out = NULL;
    if (settings->webhook == NULL && settings->command == NULL)
        return BATON_OK;
    struct notify *const notify = arena_alloc(arena, 1, sizeof *notify);
    notify->set = *settings;
    if (settings->webhook != NULL) {
        if (!notify_is_address(settings->webhook))
            return refuse(found, BATON_CONFIG_VALUE, settings->webhook, "notify.webhook",
                          "http://... or https://..., without a name or password in it",
                          "http://… 或 https://…，不含用户名和密码");
        pthread_once(&once, begin_curl);
    }
    if (settings->secret != NULL)
        TRY(read_secret(notify, found));
    *out = notify;
    return BATON_OK;
}

/* A webhook */

static size_t swallow(char *bytes, size_t size, size_t count, void *taken) {
    size_t *const total = taken;
    (void)bytes;
    *total += size * count;
    return *total > NOTIFY_ANSWER_MAX ? 0 : size * count;
}

static const char *signature(const struct notify *notify, struct baton_arena *arena,
                             const char *json) {
    crypto_auth_hmacsha256_state state;
    uint8_t mac[crypto_auth_hmacsha256_BYTES];
    char hex[2 * sizeof mac + 1];
    crypto_auth_hmacsha256_init(&state, notify->secret, notify->secret_size);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)json, strlen(json));
    crypto_auth_hmacsha256_final(&state, mac);
    sodium_bin2hex(hex, sizeof hex, mac, sizeof mac);
    return arena_printf(arena, "X-Baton-Signature: sha256=%s", hex);
}

static bool post(const struct notify *notify, struct baton_arena *arena, int64_t id,
                 const char *json, const char **error) {
    char words[CURL_ERROR_SIZE] = "";
    size_t taken = 0;
    long status = 0;
    CURL *const curl = curl_easy_init();
    struct curl_slist *list = curl_slist_append(NULL, "Content-Type: application/json");
    list = curl_slist_append(list, "Expect:");
    list = curl_slist_append(list, arena_printf(arena, "X-Baton-Notice: %" PRId64, id));
    if (notify->secret_size > 0)
        list = curl_slist_append(list, signature(notify, arena, json));
    if (curl == NULL || list == NULL) {
        *error = "out of memory";
        curl_slist_free_all(list);
        curl_easy_cleanup(curl);
        return false;
    }
    curl_easy_setopt(curl, CURLOPT_URL, notify->set.webhook);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)notify->set.timeout_ms);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, json);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)strlen(json));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, swallow);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &taken);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "baton/" BATON_VERSION);
    const CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(curl);
    curl_slist_free_all(list);
    if (code != CURLE_OK)
        *error = arena_printf(arena, "%s", words[0] != '\0' ? words : curl_easy_strerror(code));
    else if (status < 200 || status > 299)
        *error = arena_printf(arena, "it answered %ld", status);
    return code == CURLE_OK && status >= 200 && status <= 299;
}

/* A command */

/* What it reads: a file in memory, so that nothing waits for it to read. -1 = it cannot be made. */
static int input_of(const char *json) {
    const int fd = memfd_create("notice", MFD_CLOEXEC);
    size_t size = strlen(json);
    while (fd >= 0 && size > 0) {
        const ssize_t written = write(fd, json, size);
        if (written <= 0)
            break;
        json += written;
        size -= (size_t)written;
    }
    if (fd >= 0 && (size > 0 || lseek(fd, 0, SEEK_SET) != 0)) {
        close(fd);
        return -1;
    }
    return fd;
}

static int start(const struct notify *notify, struct baton_arena *arena, int64_t id, int input,
                 pid_t *out) {
    char *const environment[] = {arena_printf(arena, "BATON_NOTICE=%" PRId64, id),
                                 arena_printf(arena, "%s", "PATH=/usr/local/bin:/usr/bin:/bin"),
                                 NULL};
    char *words[NOTIFY_WORDS_MAX + 1] = {0};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    for (size_t i = 0; i < NOTIFY_WORDS_MAX && notify->set.command[i] != NULL; i++)
        words[i] = arena_printf(arena, "%s", notify->set.command[i]);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, input, 0);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, 3);
    posix_spawnattr_init(&how);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                       POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &all);
    assert(words[0] != NULL); /* a command has a word */
    const int error = posix_spawn(out, words[0], &files, &how, words, environment);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return error;
}

/* What became of a process. */
enum outcome { ENDED, TOO_LONG, UNKNOWN };

/* TOO_LONG: it was killed. UNKNOWN: somebody else has its status, as where SIGCHLD is ignored; nothing is known of what it did. */
static enum outcome wait_for(pid_t process, uint32_t timeout_ms, int *status) {
    const int64_t until = steady_ms() + timeout_ms;
    for (;;) {
        const pid_t ended = waitpid(process, status, WNOHANG);
        if (ended == process || (ended < 0 && errno != EINTR)) {
            kill(-process, SIGKILL); /* what it left behind */
            return ended == process ? ENDED : UNKNOWN;
        }
        if (steady_ms() >= until)
            break;
        nanosleep(&(struct timespec){0, LOOK_MS * 1000000L}, NULL);
    }
    kill(-process, SIGKILL);
    while (waitpid(process, status, 0) < 0 && errno == EINTR)
        ;
    return TOO_LONG;
}

/* Why it was not taken; NULL = it was. */
static const char *refusal(struct baton_arena *arena, enum outcome outcome, int status) {
    if (outcome == UNKNOWN)
        return "how it ended is not known";
    if (outcome == TOO_LONG)
        return "it took too long, and was killed";
    if (WIFSIGNALED(status))
        return arena_printf(arena, "it ended by signal %d", WTERMSIG(status));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return arena_printf(arena, "it ended with %d", WEXITSTATUS(status));
    return NULL;
}

static bool run(const struct notify *notify, struct baton_arena *arena, int64_t id,
                const char *json, const char **error) {
    pid_t process = 0;
    int status = -1;
    const int input = input_of(json);
    if (input < 0) {
        *error = "no room for its input";
        return false;
    }
    const int failed = start(notify, arena, id, input, &process);
    close(input);
    if (failed != 0) {
        *error = arena_printf(arena, "%s: %s", notify->set.command[0], strerror(failed));
        return false;
    }
    const enum outcome outcome = wait_for(process, notify->set.timeout_ms, &status);
    const char *const why = refusal(arena, outcome, status);
    if (why != NULL)
        *error = why;
    return why == NULL;
}

bool notify_send(struct notify *notify, struct baton_arena *arena, int64_t id, const char *json,
                 const char **error) {
    *error = "";
    return notify->set.webhook != NULL ? post(notify, arena, id, json, error)
                                       : run(notify, arena, id, json, error);
}
