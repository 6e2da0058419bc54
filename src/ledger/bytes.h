/* The forms that everything signed and hashed is made of: whole numbers, the high byte first, and strings with their size before them. */
#ifndef LEDGER_BYTES_H
#define LEDGER_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Writing: each puts its bytes at `to` and returns where they end. */
static inline uint8_t *put_u8(uint8_t *to, uint8_t value) {
    *to = value;
    return to + 1;
}
static inline uint8_t *put_u32(uint8_t *to, uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
        *to++ = (uint8_t)(value >> shift);
    return to;
}
static inline uint8_t *put_u64(uint8_t *to, uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8)
        *to++ = (uint8_t)(value >> shift);
    return to;
}
static inline uint8_t *put_bytes(uint8_t *to, const void *bytes, size_t size) {
    if (size > 0)
        memcpy(to, bytes, size);
    return to + size;
}
/* u32 size, then the bytes. */
static inline uint8_t *put_string(uint8_t *to, const void *bytes, size_t size) {
    return put_bytes(put_u32(to, (uint32_t)size), bytes, size);
}

/* Reading: what is left. Whoever takes more than that has `broken` set, and gets zeros. */
struct bytes_in {
    const uint8_t *at, *end;
    bool broken;
};
static inline const uint8_t *take_bytes(struct bytes_in *in, size_t size) {
    if ((size_t)(in->end - in->at) < size) {
        in->broken = true;
        in->at = in->end;
        return NULL;
    }
    const uint8_t *const bytes = in->at;
    in->at += size;
    return bytes;
}
static inline uint64_t take_number(struct bytes_in *in, size_t size) {
    const uint8_t *const bytes = take_bytes(in, size);
    uint64_t value = 0;
    for (size_t i = 0; bytes != NULL && i < size; i++)
        value = value << 8 | bytes[i];
    return value;
}
static inline uint8_t take_u8(struct bytes_in *in) {
    return (uint8_t)take_number(in, 1);
}
static inline uint32_t take_u32(struct bytes_in *in) {
    return (uint32_t)take_number(in, 4);
}
static inline uint64_t take_u64(struct bytes_in *in) {
    return take_number(in, 8);
}
/* NULL where it is broken; *size is 0 then. */
static inline const uint8_t *take_string(struct bytes_in *in, size_t *size) {
    const size_t told = take_u32(in);
    const uint8_t *const bytes = in->broken ? NULL : take_bytes(in, told);
    *size = bytes != NULL ? told : 0;
    return bytes;
}

#endif
