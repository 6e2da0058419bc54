/* The second factor: codes that change every 30 seconds (RFC 6238, with SHA-1 and 6 digits, as every authenticator has them), and codes on paper for who has lost the device. */
#ifndef LEDGER_TOTP_H
#define LEDGER_TOTP_H

#include "ledger/digest.h"
#include "ledger/place.h"

enum {
    TOTP_SECRET_SIZE = 20,
    TOTP_SECRET_TEXT_SIZE = 33, /* in base 32, with the NUL */
    TOTP_DIGITS = 6,
    TOTP_CODE_SIZE = TOTP_DIGITS + 1, /* with the NUL */
    TOTP_STEP_MS = 30000,
    TOTP_WINDOW = 1, /* steps before and after the clock's that hold too */
    RECOVERY_CODES = 10,
    RECOVERY_CODE_SIZE = 20 /* xxxx-xxxx-xxxx-xxxx, with the NUL */
};

void totp_secret(const struct ledger_world *world, uint8_t out[TOTP_SECRET_SIZE]);
/* In base 32 (RFC 4648), as it is typed where no picture can be taken. */
void totp_secret_text(const uint8_t secret[TOTP_SECRET_SIZE], char out[TOTP_SECRET_TEXT_SIZE]);
/* otpauth://totp/ISSUER:PERSON?secret=...&issuer=...: what a picture for an authenticator says. In the arena. */
const char *totp_uri(struct baton_arena *arena, const uint8_t secret[TOTP_SECRET_SIZE],
                     const char *issuer, const char *person);

/* Number of the step in which a time falls. */
int64_t totp_step(int64_t time_utc_ms);
/* The code of a step, with a NUL. */
void totp_code(const uint8_t *secret, size_t size, int64_t step, char out[TOTP_CODE_SIZE]);

/* Whether the text is the code of a step near the time and after `last`, the step of the last code that was taken (-1 = none): a code is good once. *step gets it. Spaces in
 * the text are passed over. Looks at every step of the window, whatever it finds. */
bool totp_holds(const uint8_t secret[TOTP_SECRET_SIZE], const char *text, int64_t time_utc_ms,
                int64_t last, int64_t *step);

/* A code on paper: 16 small letters and digits without those that look like others, in groups; 79 bits, so that a digest of it is enough to keep. */
void recovery_code(const struct ledger_world *world, char out[RECOVERY_CODE_SIZE]);
/* Its digest, of one person; false where the text is none (case, spaces and dashes do not matter). */
bool recovery_digest(const char *person, const char *text, struct digest *out);

#endif
