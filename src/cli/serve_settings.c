/* The table of settings of `baton serve`, and what is made of it for people. */
#include "cli/serve_config.h"
#include <stddef.h>
#include <string.h>

#define EVIDENCE_TYPES \
    "pdf ofd jpeg png gif bmp tiff webp heic doc xls ppt wps docx xlsx pptx odt ods odp text csv " \
    "eml zip 7z rar mp4 m4a mp3 wav"

/* clang-format off */
#define AT(member) offsetof(struct serve_config, member)
#define LIMITS(who, kind) AT(limits.who[kind].per_minute)
#define BURST(who, kind) AT(limits.who[kind].burst)

const struct serve_setting serve_settings_table[] = {
    {"listen", SETTING_LISTEN, AT(listen), "127.0.0.1:8080", NULL, 0, 0,
     {"where it listens: address and port; 0.0.0.0 and [::] are all addresses of the machine", "监听的地址和端口；0.0.0.0 和 [::] 指本机全部地址"}},
    {"language", SETTING_WORD, AT(language), "auto", "auto en zh", 0, 0,
     {"of messages where a client asks for none; auto: as the process (--lang, LANG)", "客户端未指明时的提示语言；auto 为进程的语言（--lang、LANG）"}},
    {"proxies", SETTING_PEERS, AT(proxies), "", NULL, 0, 0,
     {"addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed", "其 X-Forwarded-For 和 X-Forwarded-Proto 可信的代理服务器地址"}},
    {"syslog", SETTING_WORD, AT(syslog), "off", "off auth authpriv daemon local0 local1 local2 local3 local4 local5 local6 local7", 0, 0,
     {"audited events go there too, under this facility", "审计事件同时发往系统日志的该类别"}},
    {"tls.certificate", SETTING_FILE, AT(certificate), "", NULL, 0, 0,
     {"certificate with its chain, in PEM; with tls.key the server speaks TLS itself", "证书及证书链（PEM）；与 tls.key 同时给出时由本服务直接提供 TLS"}},
    {"tls.key", SETTING_FILE, AT(key), "", NULL, 0, 0,
     {"its private key, in PEM, without a passphrase; credential:NAME is one that systemd brings", "私钥（PEM，不加口令）；credential:名称 指由 systemd 传入的凭据"}},
    {"tls.hsts_days", SETTING_COUNT, AT(hsts_days), "365", NULL, 0, 3650,
     {"for so many days a browser that came by TLS comes by TLS only; 0: not said", "以 TLS 访问过的浏览器在此天数内只用 TLS；0 为不作要求"}},
    {"http.connections", SETTING_COUNT, AT(connections), "4096", NULL, 16, 65536,
     {"at most so many at once, event streams among them", "同时连接数上限，含推送连接"}},
    {"http.loops", SETTING_COUNT, AT(loops), "0", NULL, 0, 64,
     {"threads that read and write; 0: one a processor", "收发数据的线程数；0 为每个处理器一个"}},
    {"http.workers", SETTING_COUNT, AT(workers), "0", NULL, 0, 256,
     {"threads that work on requests, beyond those in which sign-ins wait; 0: by the processors", "处理请求的线程数，不含等待登录的线程；0 为按处理器数"}},
    {"http.queue", SETTING_COUNT, AT(queue), "1024", NULL, 1, 65536,
     {"requests that wait for a worker; more are answered 503", "等待处理的请求数上限，超过的答复 503"}},
    {"http.costly", SETTING_COUNT, AT(costly), "0", NULL, 0, 256,
     {"requests at once that score, read or write whole assessments; 0: by the processors", "同时处理的耗时请求（计分、整项考核的导入导出等）；0 为按处理器数"}},
    {"http.costly_waiting", SETTING_COUNT, AT(costly_waiting), "8", NULL, 1, 256,
     {"of these, so many wait; more are answered 503", "其中等待处理的个数上限，超过的答复 503"}},
    {"http.head_seconds", SETTING_COUNT, AT(head_seconds), "10", NULL, 1, 600,
     {"within which the head of a request has to come", "请求头须在此秒数内收完"}},
    {"http.idle_seconds", SETTING_COUNT, AT(idle_seconds), "60", NULL, 1, 3600,
     {"after which a connection without requests is closed", "无请求的连接在此秒数后关闭"}},
    {"http.body_rate", SETTING_COUNT, AT(body_rate), "1024", NULL, 1, 1048576,
     {"bytes a second that a body has to come with", "请求体的最低传输速率（字节/秒）"}},
    {"http.body_mib", SETTING_COUNT, AT(body_mib), "0", NULL, 0, 4096,
     {"no body is larger than so many MiB; 0: as each address says", "请求体的大小上限（MiB）；0 为按各地址的规定"}},
    {"http.bodies_memory_mib", SETTING_COUNT, AT(bodies_memory_mib), "64", NULL, 1, 65536,
     {"memory of all bodies under way, where small ones are", "在办请求体所用内存合计，小的请求体存于内存"}},
    {"http.bodies_file_mib", SETTING_COUNT, AT(bodies_file_mib), "1024", NULL, 1, 1048576,
     {"and of files, where all others are; more are answered 503", "所用文件合计，其余请求体存于文件；超过的答复 503"}},
    {"http.bodies_folder", SETTING_FILE, AT(bodies_folder), "", NULL, 0, 0,
     {"of these files; nothing: TMPDIR, else /tmp", "上述文件所在目录；不填为 TMPDIR，未设时为 /tmp"}},
    {"evidence.max_mib", SETTING_COUNT, AT(evidence_max_mib), "256", NULL, 1, 4096,
     {"a file of evidence has at most so many MiB", "单个佐证文件的大小上限（MiB）"}},
    {"evidence.types", SETTING_KINDS, AT(evidence_kinds), EVIDENCE_TYPES, NULL, 0, 0,
     {"and is one of these types, by its content; never a program, script or web page", "佐证文件的类型，按内容识别；程序、脚本和网页一律不收"}},
    {"stop.drain_seconds", SETTING_COUNT, AT(drain_seconds), "0", NULL, 0, 300,
     {"when asked to end it answers for so long still, while /readyz says 503", "收到结束请求后继续应答的秒数，其间 /readyz 答复 503"}},
    {"stop.wait_seconds", SETTING_COUNT, AT(stop_seconds), "10", NULL, 0, 300,
     {"then what is under way has so long to end", "此后留给在办请求的秒数"}},
    {"limits.account.reads", SETTING_COUNT, LIMITS(account, LIMIT_READS), "12000", NULL, 0, 10000000,
     {"of each account, and each token: requests a minute that read (GET); 0: without a limit", "每个账号、每个令牌每分钟的读取请求（GET）；0 为不限"}},
    {"limits.account.reads_burst", SETTING_COUNT, BURST(account, LIMIT_READS), "1000", NULL, 1, 1000000,
     {"so many of them at once, after a pause", "间歇之后可连续发出的个数"}},
    {"limits.account.writes", SETTING_COUNT, LIMITS(account, LIMIT_WRITES), "6000", NULL, 0, 10000000,
     {"the same of those that change something", "同上，写入请求"}},
    {"limits.account.writes_burst", SETTING_COUNT, BURST(account, LIMIT_WRITES), "1000", NULL, 1, 1000000,
     {"so many of them at once", "可连续发出的个数"}},
    {"limits.account.costly", SETTING_COUNT, LIMITS(account, LIMIT_COSTLY), "600", NULL, 0, 10000000,
     {"the same of those that take a processor for long: workbooks, matrices, derivations, results as known earlier, evidence, revisions, `doctor`", "同上，耗时较长的请求：工作簿、横向比较、得分说明、以往时点的结果、佐证、数据修订、`doctor`"}},
    {"limits.account.costly_burst", SETTING_COUNT, BURST(account, LIMIT_COSTLY), "200", NULL, 1, 1000000,
     {"so many of them at once", "可连续发出的个数"}},
    {"limits.address.reads", SETTING_COUNT, LIMITS(address, LIMIT_READS), "12000", NULL, 0, 10000000,
     {"of each address, of those who have not signed in; a whole office may share one", "每个地址未登录的请求；整个单位可能共用一个地址"}},
    {"limits.address.reads_burst", SETTING_COUNT, BURST(address, LIMIT_READS), "4000", NULL, 1, 1000000,
     {"so many of them at once", "可连续发出的个数"}},
    {"limits.address.writes", SETTING_COUNT, LIMITS(address, LIMIT_WRITES), "1200", NULL, 0, 10000000,
     {"the same of those that change something", "同上，写入请求"}},
    {"limits.address.writes_burst", SETTING_COUNT, BURST(address, LIMIT_WRITES), "400", NULL, 1, 1000000,
     {"so many of them at once", "可连续发出的个数"}},
    {"limits.address.costly", SETTING_COUNT, LIMITS(address, LIMIT_COSTLY), "600", NULL, 0, 10000000,
     {"the same of sign-ins and new passwords", "同上，登录和更改密码"}},
    {"limits.address.costly_burst", SETTING_COUNT, BURST(address, LIMIT_COSTLY), "200", NULL, 1, 1000000,
     {"so many of them at once", "可连续发出的个数"}},
    {"passwords.hash_kib", SETTING_COUNT, AT(hash_kib), "65536", NULL, 8192, 1048576,
     {"memory that each guess at a password takes (Argon2id), in KiB", "每次核对密码所用的内存（Argon2id，KiB）"}},
    {"passwords.hash_passes", SETTING_COUNT, AT(hash_passes), "3", NULL, 1, 100,
     {"passes over it", "遍历次数"}},
    {"passwords.at_once", SETTING_COUNT, AT(hashes), "2", NULL, 1, 64,
     {"passwords that are tried at once; each takes a processor; half of them is fair", "同时核对的密码数，每个占用一个处理器，以处理器数的一半为宜"}},
    {"passwords.waiting", SETTING_COUNT, AT(hashes_waiting), "8", NULL, 1, 1024,
     {"sign-ins that wait for that; more are answered 503", "等待核对的登录数上限，超过的答复 503"}},
    {"passwords.days", SETTING_COUNT, AT(password_days), "90", NULL, 1, 3650,
     {"how long a password lasts", "密码有效天数"}},
    {"passwords.first_days", SETTING_COUNT, AT(first_days), "7", NULL, 1, 365,
     {"how long a first password lasts", "初始密码有效天数"}},
    {"sessions.idle_minutes", SETTING_COUNT, AT(idle_minutes), "30", NULL, 2, 1440,
     {"a session ends so long after it was last used", "会话闲置多少分钟后失效"}},
    {"sessions.hours", SETTING_COUNT, AT(session_hours), "12", NULL, 1, 720,
     {"and in any case so long after it began", "会话最长多少小时"}},
    {"sessions.of_one", SETTING_COUNT, AT(sessions), "3", NULL, 1, 100,
     {"of one person at once; one more ends the oldest", "一人同时的会话数，超过时最早的一个失效"}},
    {"sessions.raised_minutes", SETTING_COUNT, AT(raised_minutes), "10", NULL, 1, 720,
     {"so long after the password was given accounts, tokens, posts and second factors may be changed", "验证密码后多少分钟内可变更账号、令牌、任职和动态验证码"}},
    {"sessions.issuer", SETTING_TEXT, AT(issuer), "Baton", NULL, 0, 0,
     {"what an authenticator shows beside the codes of the second factor", "动态口令验证器中显示的名称"}},
    {"second_factor.of", SETTING_WORD, AT(factor_of), "office", "nobody administrators office everybody", 0, 0,
     {"who needs a second factor: the three administrators; office: they and the assessment office", "须启用动态验证码的人员：administrators 为三员，office 为三员和考核办"}},
    {"second_factor.days", SETTING_COUNT, AT(factor_days), "7", NULL, 1, 365,
     {"so many days after the account was made it has to be set up before anything else", "开通账号后多少天内须启用，逾期须先启用方可办理其他事项"}},
    {"log.level", SETTING_WORD, AT(log_level), "security", "off errors security requests", 0, 0,
     {"errors; and who was refused what, and what happens to the server; and every request", "errors 记录错误；security 另记录被拒绝的操作和服务的启停等；requests 另记录每个请求"}},
    {"log.format", SETTING_WORD, AT(log_form), "auto", "auto json text", 0, 0,
     {"auto: text on a terminal, else JSON", "auto：终端上为文本，其余为 JSON"}},
    {"log.file", SETTING_FILE, AT(log_file), "", NULL, 0, 0,
     {"nothing: standard error; a file is opened anew on SIGHUP", "不填为标准错误输出；收到 SIGHUP 时重新打开文件"}},
    {"metrics.listen", SETTING_LISTEN, AT(metrics_listen), "", NULL, 0, 0,
     {"an address of its own for /metrics, /readyz and /healthz, where nobody signs in: of this machine, or of the network of those who watch", "供 /metrics、/readyz 和 /healthz 单独使用的地址，无须登录：应限于本机或管理网"}},
    {"notify.webhook", SETTING_TEXT, AT(webhook), "", NULL, 0, 0,
     {"notices (reminders, returned figures, decisions) are posted there as JSON; nothing: people read them under /notices only", "通知（催报、退回、决定等）以 JSON 推送到该地址；不填则仅可在 /notices 查看"}},
    {"notify.secret", SETTING_FILE, AT(webhook_secret), "", NULL, 0, 0,
     {"a file with the secret that signs what is posted (HMAC-SHA256); credential:NAME is one that systemd brings", "签署推送内容所用密钥的文件（HMAC-SHA256）；credential:名称 指由 systemd 传入的凭据"}},
    {"notify.command", SETTING_WORDS, AT(notify_command), "", NULL, 0, 0,
     {"instead of a webhook a program with its arguments, started for each notice without a shell; the JSON is its standard input", "代替推送地址：每条通知启动一次的程序及参数（不经命令行解释器），标准输入为 JSON"}},
    {"notify.seconds", SETTING_COUNT, AT(notify_seconds), "10", NULL, 1, 300,
     {"so long a receiver may take for a notice", "每条通知的时限（秒）"}},
    {"notify.attempts", SETTING_COUNT, AT(notify_attempts), "12", NULL, 1, 100,
     {"after so many attempts that failed a notice is given up", "失败多少次后放弃"}},
    {"notify.retry_seconds", SETTING_COUNT, AT(notify_retry), "60", NULL, 1, 21600,
     {"between the first two attempts; twice as long each time, six hours at most", "首次失败后多少秒再试，以后逐次加倍，最长六小时"}},
    {"notify.keep_days", SETTING_COUNT, AT(notify_keep), "400", NULL, 30, 36500,
     {"for so many days a notice is kept, and can be read under /notices, once it was delivered, given up or only shown", "通知送达、放弃或仅供查看之后保存多少天，其间可在 /notices 查看"}},
    {"reminders.look_seconds", SETTING_COUNT, AT(look_seconds), "60", NULL, 0, 86400,
     {"so often it is looked whether somebody is to be reminded; 0: nobody is reminded, and no notice is delivered", "每隔多少秒检查是否须提醒；0 为不提醒、不推送"}},
    {"reminders.at", SETTING_TEXT, AT(remind_at), "09:00", NULL, 0, 0,
     {"the time of day at which reminders are made", "每日发出提醒的时刻"}},
    {"reminders.clerk", SETTING_TEXT, AT(remind[CHASE_CLERK]), "-3wd 0wd 1wd", NULL, 0, 0,
     {"of figures that are not submitted: when the clerks of the unit are reminded, in workdays from the day that is due; or never", "数据尚未报送时，提醒报送单位填报人员的时间（自截止日起计的工作日）；不提醒写 never"}},
    {"reminders.approver", SETTING_TEXT, AT(remind[CHASE_APPROVER]), "2wd", NULL, 0, 0,
     {"its approvers", "提醒该单位审签人员的时间"}},
    {"reminders.office", SETTING_TEXT, AT(remind[CHASE_OFFICE]), "4wd", NULL, 0, 0,
     {"the assessment office, of all units in one notice", "提醒考核办的时间，各单位合为一条"}},
    {"reminders.verifying", SETTING_TEXT, AT(remind[CHASE_OWNER]), "2wd", NULL, 0, 0,
     {"of figures that are not verified: the department, from the day that they were due, or submitted where that was later", "数据尚未审核时，提醒审核单位的时间（自截止日起计；逾期报送的自报送日起计）"}},
    {"reminders.verifying_office", SETTING_TEXT, AT(remind[CHASE_VERIFYING]), "4wd", NULL, 0, 0,
     {"the assessment office, of the same", "就同一事项提醒考核办的时间"}},
    {"reminders.stale", SETTING_TEXT, AT(remind[CHASE_STALE]), "-5wd", NULL, 0, 0,
     {"the assessment office, of vacant posts and of people who have not signed in, before figures are due", "截止之前就岗位空缺、人员未登录提醒考核办的时间"}},
    {0}};
/* clang-format on */

/* For people */

static const char *with_bars(struct baton_arena *arena, const char *words) {
    char *const text = arena_text(arena, words, strlen(words));
    for (char *at = text; *at != '\0'; at++)
        if (*at == ' ')
            *at = '|';
    return text;
}

const char *serve_setting_values(struct baton_arena *arena, const struct serve_setting *setting,
                                 enum baton_language language) {
    const bool in_chinese = language == BATON_ZH;
    switch (setting->type) {
    case SETTING_COUNT:
        return arena_printf(arena, in_chinese ? "%u 至 %u" : "%u to %u", setting->lowest,
                            setting->highest);
    case SETTING_WORD:
        return with_bars(arena, setting->words);
    case SETTING_KINDS:
        return in_chinese ? "以空格分隔的类型" : "types, separated by spaces";
    case SETTING_TEXT:
        return in_chinese ? "文本" : "a text";
    case SETTING_FILE:
        return in_chinese ? "文件路径" : "a path";
    case SETTING_LISTEN:
        return in_chinese ? "地址和端口" : "address and port";
    case SETTING_WORDS:
        return in_chinese ? "文本列表" : "a list of texts";
    case SETTING_PEERS:
        return in_chinese ? "地址列表" : "a list of addresses";
    }
    return "";
}

/* How many sections two names have in common: "limits.account.a", "limits.address.b" -> 1. */
static size_t shared_sections(const char *before, const char *name) {
    size_t count = 0;
    for (size_t i = 0; before != NULL && name[i] != '\0' && before[i] == name[i]; i++)
        count += name[i] == '.';
    return count;
}

/* The sections that begin with a setting; returns its depth. */
static size_t print_sections(struct writer *writer, const char *before, const char *name) {
    const size_t shared = shared_sections(before, name);
    size_t depth = 0;
    for (const char *dot; (dot = strchr(name, '.')) != NULL; name = dot + 1, depth++)
        if (depth >= shared) {
            writer_text(writer, depth == 0 ? "\n" : "");
            writer_repeat(writer, "  ", depth);
            writer_put(writer, name, (size_t)(dot - name));
            writer_text(writer, ":\n");
        }
    return depth;
}

void serve_config_print(struct writer *writer, enum baton_language language) {
    struct baton_arena *const arena = writer->arena;
    const char *before = NULL;
    writer_text(
        writer,
        language == BATON_ZH
            ? "# `baton serve 账本 --config 本文件` 的配置。以下为全部设置项及默认值，"
              "可只保留要改动的各项；命令行选项优先。\n"
              "# `baton doctor 账本 --config 本文件` 可检查本文件。说明见 "
              "docs/operation.zh-CN.md。\n\n"
            : "# The configuration of `baton serve LEDGER --config THIS`: every setting "
              "with its default. Leave out what stays; options of the command line win.\n"
              "# `baton doctor LEDGER --config THIS` checks it. See docs/operation.md.\n\n");
    for (const struct serve_setting *at = serve_settings_table; at->name != NULL; at++) {
        const char *const dot = strrchr(at->name, '.');
        const size_t depth = print_sections(writer, before, at->name);
        writer_repeat(writer, "  ", depth);
        writer_printf(writer, language == BATON_ZH ? "# %s（%s）\n" : "# %s (%s)\n",
                      at->is[language], serve_setting_values(arena, at, language));
        writer_repeat(writer, "  ", depth);
        writer_printf(writer, at->usual[0] != '\0' ? "%s: %s\n" : "%s:\n",
                      dot == NULL ? at->name : dot + 1, at->usual);
        before = at->name;
    }
}
