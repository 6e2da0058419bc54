/* The tree against the words of RFC 9162, as plain recursion over all leaves; the known vectors; growing, going back, settling, fetching. */
#include "ledger/merkle.h"
#include "unit/test.h"
#include <stdlib.h>
#include <string.h>

enum { MOST = 70000 };

/* All leaves with the roots of all complete subtrees above them, and what the tests count. */
struct world {
    enum digest_kind kind;
    struct digest *row[18]; // row[0] the leaves
    uint64_t stored;        // entries that the source may be asked for
    size_t fetched, calls;
    bool fails;
};

static struct digest nth_leaf(enum digest_kind kind, uint64_t n) {
    return merkle_leaf(kind, &n, sizeof n);
}

/* The largest power of 2 below n. */
static uint64_t split(uint64_t n) {
    uint64_t k = 1;
    while (2 * k < n)
        k *= 2;
    return k;
}

/* 2.1.1: MTH of the n leaves from `start` on. */
static struct digest naive_root(const struct world *world, uint64_t start, uint64_t n) {
    if (n == 0)
        return merkle_empty(world->kind);
    for (unsigned level = 0; level < LENGTH(world->row); level++)
        if (n == UINT64_C(1) << level && start % n == 0)
            return world->row[level][start >> level];
    const uint64_t k = split(n);
    const struct digest left = naive_root(world, start, k);
    const struct digest right = naive_root(world, start + k, n - k);
    return merkle_node(world->kind, &left, &right);
}

/* 2.1.3.1: PATH. */
static size_t naive_path(const struct world *world, uint64_t m, uint64_t start, uint64_t n,
                         struct digest *out) {
    if (n == 1)
        return 0;
    const uint64_t k = split(n);
    size_t count;
    if (m < k) {
        count = naive_path(world, m, start, k, out);
        out[count] = naive_root(world, start + k, n - k);
    } else {
        count = naive_path(world, m - k, start + k, n - k, out);
        out[count] = naive_root(world, start, k);
    }
    return count + 1;
}

/* 2.1.4.1: SUBPROOF. */
static size_t naive_subproof(const struct world *world, uint64_t m, uint64_t start, uint64_t n,
                             bool whole, struct digest *out) {
    if (m == n) {
        if (!whole)
            out[0] = naive_root(world, start, m);
        return whole ? 0 : 1;
    }
    const uint64_t k = split(n);
    size_t count;
    if (m <= k) {
        count = naive_subproof(world, m, start, k, whole, out);
        out[count] = naive_root(world, start + k, n - k);
    } else {
        count = naive_subproof(world, m - k, start + k, n - k, false, out);
        out[count] = naive_root(world, start, k);
    }
    return count + 1;
}

static baton_code fetch(void *context, unsigned level, uint64_t place, size_t count,
                        struct digest *out) {
    struct world *const world = context;
    world->calls++;
    world->fetched += count;
    if (world->fails)
        return BATON_STORE_FAILED;
    CHECK(level % MERKLE_STEP == 0 && count > 0 && count <= 256);
    CHECK((place + count) << level <= world->stored);
    for (size_t i = 0; i < count; i++)
        out[i] = naive_root(world, (place + i) << level, UINT64_C(1) << level);
    return BATON_OK;
}

static struct merkle_source source_of(struct world *world) {
    return (struct merkle_source){world, fetch};
}

static struct world world_open(enum digest_kind kind, size_t count) {
    struct world world = {.kind = kind};
    world.row[0] = malloc(count * sizeof *world.row[0]);
    for (size_t i = 0; i < count; i++)
        world.row[0][i] = nth_leaf(kind, i);
    for (unsigned level = 1; level < LENGTH(world.row); level++) {
        const struct digest *const below = world.row[level - 1];
        world.row[level] = malloc(((count >> level) + 1) * sizeof *world.row[level]);
        for (size_t i = 0; i < count >> level; i++)
            world.row[level][i] = merkle_node(kind, &below[2 * i], &below[2 * i + 1]);
    }
    return world;
}

static void world_close(struct world *world) {
    for (unsigned level = 0; level < LENGTH(world->row); level++)
        free(world->row[level]);
}

static void check_root(struct merkle *tree, struct world *world, uint64_t size) {
    struct digest got;
    const struct digest want = naive_root(world, 0, size);
    if (!CHECK_INT(merkle_root(tree, size, &got), BATON_OK) || !CHECK(digest_equal(&got, &want)))
        FAIL("the root of %d entries", (int)size);
}

static void check_inclusion(struct merkle *tree, struct world *world, uint64_t position,
                            uint64_t size) {
    struct digest got[MERKLE_PROOF_MAX], want[MERKLE_PROOF_MAX], root;
    size_t count = 99;
    const size_t want_count = naive_path(world, position, 0, size, want);
    const baton_code code = merkle_inclusion(tree, position, size, got, &count);
    if (code != BATON_OK || count != want_count || memcmp(got, want, count * sizeof *got) != 0) {
        FAIL("the proof of %d in %d", (int)position, (int)size);
        return;
    }
    root = naive_root(world, 0, size);
    const struct digest *const leaf = &world->row[0][position];
    if (!merkle_inclusion_holds(world->kind, position, size, leaf, got, count, &root))
        FAIL("the proof of %d in %d does not hold", (int)position, (int)size);
}

static void check_consistency(struct merkle *tree, struct world *world, uint64_t old,
                              uint64_t size) {
    struct digest got[MERKLE_PROOF_MAX], want[MERKLE_PROOF_MAX];
    size_t count = 99;
    const size_t want_count = old > 0 ? naive_subproof(world, old, 0, size, true, want) : 0;
    const baton_code code = merkle_consistency(tree, old, size, got, &count);
    if (code != BATON_OK || count != want_count || memcmp(got, want, count * sizeof *got) != 0) {
        FAIL("the proof from %d to %d", (int)old, (int)size);
        return;
    }
    const struct digest old_root = naive_root(world, 0, old);
    const struct digest root = naive_root(world, 0, size);
    if (!merkle_consistency_holds(world->kind, old, size, &old_root, &root, got, count))
        FAIL("the proof from %d to %d does not hold", (int)old, (int)size);
}

/* The vectors of the reference implementation of RFC 6962, of which RFC 9162 has the same trees with SHA-256. */
TEST(merkle_known_roots) {
    static const struct {
        const char *leaf;
        size_t size;
        const char *root;
    } vector[] = {
        {"", 0, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
        {"\x00", 1, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
        {"\x10", 1, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
        {"\x20\x21", 2, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
        {"\x30\x31", 2, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
        {"@ABC", 4, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
        {"PQRSTUVW", 8, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
        {"`abcdefghijklmno", 16,
         "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
    };
    struct world world = {.kind = DIGEST_SHA256};
    struct merkle *tree;
    struct digest root;
    char hex[DIGEST_HEX_SIZE];
    if (!CHECK_INT(merkle_open(DIGEST_SHA256, 0, source_of(&world), &tree), BATON_OK))
        return;
    CHECK_INT(merkle_root(tree, 0, &root), BATON_OK);
    digest_hex(&root, hex);
    CHECK_TEXT(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (size_t i = 0; i < LENGTH(vector); i++) {
        const struct digest leaf = merkle_leaf(DIGEST_SHA256, vector[i].leaf, vector[i].size);
        CHECK_INT(merkle_append(tree, leaf), BATON_OK);
        CHECK_INT(merkle_root(tree, i + 1, &root), BATON_OK);
        digest_hex(&root, hex);
        CHECK_TEXT(hex, vector[i].root);
    }
    CHECK_INT(world.calls, 0);
    merkle_close(tree);
    merkle_close(NULL);
}

/* Every size up to 600; of the small ones every position and old size, of the others some. */
static void check_growing(enum digest_kind kind, uint64_t keep, uint64_t settle_each) {
    struct world world = world_open(kind, 601);
    struct merkle *tree;
    if (!CHECK_INT(merkle_open(kind, 0, source_of(&world), &tree), BATON_OK))
        return;
    for (uint64_t size = 1; size <= 600; size++) {
        CHECK_INT(merkle_append(tree, world.row[0][size - 1]), BATON_OK);
        CHECK_INT(merkle_size(tree), size);
        if (settle_each > 0 && size % settle_each == 0) {
            world.stored = size;
            merkle_settle(tree, keep);
        }
        check_root(tree, &world, size);
        const uint64_t step = size <= 66 || size % 256 < 3 ? 1 : size / 7;
        for (uint64_t at = size % step; at < size; at += step) {
            check_inclusion(tree, &world, at, size);
            check_consistency(tree, &world, at, size);
        }
        check_inclusion(tree, &world, size - 1, size);
        check_consistency(tree, &world, size, size);
        check_inclusion(tree, &world, size / 3, size / 2 + 1); // in an earlier tree
        check_consistency(tree, &world, size / 3, size / 2 + 1);
        check_root(tree, &world, size / 2);
    }
    if (settle_each == 0)
        CHECK_INT(world.calls, 0);
    merkle_close(tree);
    world_close(&world);
}

TEST(merkle_grows) {
    check_growing(DIGEST_SHA256, 0, 0);
}

TEST(merkle_grows_with_sm3) {
    check_growing(DIGEST_SM3, 5, 7);
}

TEST(merkle_grows_and_forgets) {
    check_growing(DIGEST_SHA256, 0, 1);
    check_growing(DIGEST_SHA256, 20, 13);
}

/* Small trees, everything, opened anew. */
TEST(merkle_opened_at_every_size) {
    struct world world = world_open(DIGEST_SHA256, 700);
    for (uint64_t size = 0; size <= 70; size++) {
        struct merkle *tree;
        world.stored = size;
        if (!CHECK_INT(merkle_open(DIGEST_SHA256, size, source_of(&world), &tree), BATON_OK))
            continue;
        for (uint64_t at = 0; at < size; at++) {
            check_inclusion(tree, &world, at, size);
            check_consistency(tree, &world, at, size);
            for (uint64_t earlier = at + 1; earlier < size; earlier++)
                check_inclusion(tree, &world, at, earlier);
        }
        for (uint64_t more = size; more < size + 20; more++) {
            CHECK_INT(merkle_append(tree, world.row[0][more]), BATON_OK);
            check_root(tree, &world, more + 1);
        }
        merkle_close(tree);
    }
    world_close(&world);
}

struct told {
    struct world *world;
    uint64_t from, size;
    size_t count;
};

static void hear(void *context, unsigned level, uint64_t place, const struct digest *digest) {
    struct told *const told = context;
    const uint64_t end = (place + 1) << level;
    CHECK(level % MERKLE_STEP == 0 && level > 0 && end > told->from && end <= told->size);
    const struct digest want = naive_root(told->world, place << level, UINT64_C(1) << level);
    CHECK(digest_equal(digest, &want));
    told->count++;
}

/* Batches of many sizes, some of which are taken back and come again otherwise. */
TEST(merkle_batches_taken_back) {
    struct world world = world_open(DIGEST_SHA256, MOST);
    struct merkle *tree;
    if (!CHECK_INT(merkle_open(DIGEST_SHA256, 0, source_of(&world), &tree), BATON_OK))
        return;
    uint32_t random = 1;
    uint64_t size = 0;
    size_t told_of = 0;
    while (size + 3000 < MOST) {
        random = random * 1664525 + 1013904223;
        const uint64_t batch = (random >> 8) % 3 == 0 ? (random >> 16) % 3000 : (random >> 16) % 40;
        const uint64_t wrong = (random >> 12) % 700;
        for (uint64_t i = 0; i < wrong; i++)
            CHECK_INT(merkle_append(tree, nth_leaf(DIGEST_SHA256, 1000000 + i)), BATON_OK);
        merkle_back(tree, size);
        CHECK_INT(merkle_size(tree), size);
        check_root(tree, &world, size);
        for (uint64_t i = 0; i < batch; i++)
            CHECK_INT(merkle_append(tree, world.row[0][size + i]), BATON_OK);
        struct told told = {&world, size, size + batch, 0};
        merkle_completed(tree, size, hear, &told);
        told_of += told.count;
        size += batch;
        world.stored = size;
        merkle_settle(tree, (random >> 20) % 500);
        if (size > 0 && (random >> 5) % 4 == 0) {
            check_root(tree, &world, size);
            check_inclusion(tree, &world, random % size, size);
            check_consistency(tree, &world, random % size, size);
        }
    }
    CHECK_INT(told_of, (size >> 8) + (size >> 16));
    CHECK((size >> 16) == 1);
    merkle_close(tree);
    world_close(&world);
}

/* A large tree is opened, and proves, with some hundred digests; a fresh entry needs none. */
TEST(merkle_fetches_little) {
    struct world world = world_open(DIGEST_SHA256, MOST);
    struct merkle *tree;
    world.stored = 65536 + 1000;
    if (!CHECK_INT(merkle_open(DIGEST_SHA256, world.stored, source_of(&world), &tree), BATON_OK))
        return;
    CHECK(world.fetched <= 3 * 255 && world.calls <= 3);
    for (uint64_t at = world.stored; at < world.stored + 500; at++)
        CHECK_INT(merkle_append(tree, world.row[0][at]), BATON_OK);
    world.stored += 500;
    merkle_settle(tree, 400);
    world.calls = world.fetched = 0;
    for (uint64_t at = world.stored - 400; at < world.stored; at += 57) {
        check_inclusion(tree, &world, at, world.stored);
        check_consistency(tree, &world, at, world.stored);
        check_inclusion(tree, &world, at, at + 1);
        check_root(tree, &world, at);
    }
    CHECK_INT(world.calls, 0);
    for (uint64_t at = 17; at < world.stored; at += 9973) {
        world.calls = world.fetched = 0;
        check_inclusion(tree, &world, at, world.stored);
        CHECK(world.fetched <= 3 * 256 && world.calls <= 3);
        check_inclusion(tree, &world, at ^ 1, world.stored); // its neighbour needs nothing more
        CHECK(world.fetched <= 3 * 256 && world.calls <= 3);
        world.calls = world.fetched = 0;
        check_consistency(tree, &world, at, world.stored);
        CHECK(world.fetched <= 6 * 256 && world.calls <= 6);
    }
    merkle_close(tree);
    world_close(&world);
}

TEST(merkle_hands_up_what_the_source_says) {
    struct world world = world_open(DIGEST_SHA256, 1000);
    struct merkle *tree = NULL;
    struct digest root, proof[MERKLE_PROOF_MAX];
    size_t count;
    world.stored = 999;
    world.fails = true;
    CHECK_INT(merkle_open(DIGEST_SHA256, 999, source_of(&world), &tree), BATON_STORE_FAILED);
    CHECK(tree == NULL);
    world.fails = false;
    if (!CHECK_INT(merkle_open(DIGEST_SHA256, 999, source_of(&world), &tree), BATON_OK))
        return;
    world.fails = true;
    CHECK_INT(merkle_root(tree, 500, &root), BATON_STORE_FAILED);
    CHECK_INT(merkle_inclusion(tree, 3, 999, proof, &count), BATON_STORE_FAILED);
    CHECK_INT(merkle_consistency(tree, 3, 999, proof, &count), BATON_STORE_FAILED);
    CHECK_INT(merkle_root(tree, 999, &root), BATON_OK); // at hand
    world.fails = false;
    check_inclusion(tree, &world, 3, 999);
    merkle_close(tree);
    world_close(&world);
}

/* A proof holds for what it proves and nothing else: other places, sizes, digests, proofs longer and shorter. */
TEST(merkle_proofs_hold_for_nothing_else) {
    struct world world = world_open(DIGEST_SHA256, 40);
    struct merkle *tree;
    if (!CHECK_INT(merkle_open(DIGEST_SHA256, 0, source_of(&world), &tree), BATON_OK))
        return;
    for (uint64_t i = 0; i < 40; i++)
        CHECK_INT(merkle_append(tree, world.row[0][i]), BATON_OK);
    const enum digest_kind kind = DIGEST_SHA256;
    for (uint64_t size = 1; size <= 33; size++) {
        const struct digest root = naive_root(&world, 0, size);
        for (uint64_t at = 0; at < size; at++) {
            struct digest proof[MERKLE_PROOF_MAX];
            size_t count;
            CHECK_INT(merkle_inclusion(tree, at, size, proof, &count), BATON_OK);
            const struct digest *const leaf = &world.row[0][at];
            for (uint64_t other = 0; other < size + 2; other++)
                if (merkle_inclusion_holds(kind, other, size, leaf, proof, count, &root) !=
                    (other == at))
                    FAIL("%d of %d holds for %d", (int)at, (int)size, (int)other);
            if (merkle_inclusion_holds(kind, at, size, leaf, proof, count + 1, &root) ||
                (count > 0 &&
                 merkle_inclusion_holds(kind, at, size, leaf, proof, count - 1, &root)))
                FAIL("%d of %d holds with another length", (int)at, (int)size);
            for (size_t i = 0; i < count; i++) {
                proof[i].byte[i] ^= 1;
                if (merkle_inclusion_holds(kind, at, size, leaf, proof, count, &root))
                    FAIL("%d of %d holds with another digest", (int)at, (int)size);
                proof[i].byte[i] ^= 1;
            }
        }
        for (uint64_t old = 0; old <= size; old++) {
            struct digest proof[MERKLE_PROOF_MAX], old_root = naive_root(&world, 0, old);
            size_t count;
            CHECK_INT(merkle_consistency(tree, old, size, proof, &count), BATON_OK);
            for (size_t i = 0; i < count; i++) {
                proof[i].byte[i] ^= 1;
                if (merkle_consistency_holds(kind, old, size, &old_root, &root, proof, count))
                    FAIL("%d to %d holds with another digest", (int)old, (int)size);
                proof[i].byte[i] ^= 1;
            }
            if (merkle_consistency_holds(kind, old, size, &old_root, &root, proof, count + 1) ||
                (count > 0 &&
                 merkle_consistency_holds(kind, old, size, &old_root, &root, proof, count - 1)) ||
                merkle_consistency_holds(kind, size + 1, size, &old_root, &root, proof, count))
                FAIL("%d to %d holds otherwise", (int)old, (int)size);
            old_root.byte[5] ^= 1;
            if (merkle_consistency_holds(kind, old, size, &old_root, &root, proof, count))
                FAIL("%d to %d holds from another root", (int)old, (int)size);
        }
    }
    merkle_close(tree);
    world_close(&world);
}
