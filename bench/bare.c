/* How fast it can be done: see bare.h for what.
 *
 * Small cohorts: a tile of whole cohorts (some hundred units) goes from the figures of all leaves to the ranks of all
 * nodes while it is in the first cache. A leaf's score is stored and added to its parent in the same loop that makes it.
 *
 * Large cohorts: the extremes of every leaf first, then tiles as above, then ranks, by counting how often each score
 * of two decimals occurs. */
#include "bare.h"
#include "base/number.h"
#include "engine/lanes.h"
#include <assert.h>
#include <float.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

enum {
    SMALL = 256, /* the largest cohort that a tile holds whole */
    TILE = 512,  /* units of a tile, or a little fewer */
    BEYOND = 24, /* keys read beyond the last */
    LOW = 60,
    HIGH = 100,
    KEY_LOW = LOW * 100,
    KEYS = (HIGH - LOW) * 100 + 1,
    NO_KEY = INT16_MIN
};

/* ---- Two threads. */

struct bare_team {
    pthread_t helper;
    bool has_helper;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    atomic_uint runs; // begun so far
    bool open;        // the helper may still join the last of them; under the lock
    atomic_bool active, stop;
    atomic_uint next; // index
    unsigned count;
    void (*work)(void *context, unsigned index, unsigned worker);
    void *context;
    struct scratch *scratch; // by worker
    double *extremes;        // [leaf][cohort][2]
    size_t extremes_room;
    struct baton_arena *arena;
};

/* What a worker needs of its own. */
struct scratch {
    double sum[TILE], weight[TILE], total[TILE], total_weight[TILE];
    int32_t wide[TILE + BEYOND];
    int16_t key[TILE + BEYOND];
    uint32_t slot[KEYS];
};

static void do_share(struct bare_team *team, unsigned worker) {
    for (unsigned index; (index = atomic_fetch_add(&team->next, 1)) < team->count;)
        team->work(team->context, index, worker);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Spins for as long as the next loop of a scoring may be off, then sleeps. Whoever comes when the caller has done
 * everything has nothing to do with it. */
static void *help(void *context) {
    struct bare_team *const team = context;
    for (unsigned seen = 0;;) {
        const double since = seconds();
        while (atomic_load(&team->runs) == seen && !atomic_load(&team->stop) &&
               seconds() - since < 30e-6) {
        }
        pthread_mutex_lock(&team->lock);
        while (atomic_load(&team->runs) == seen && !atomic_load(&team->stop))
            pthread_cond_wait(&team->wake, &team->lock);
        seen = atomic_load(&team->runs);
        const bool joins = team->open && !atomic_load(&team->stop);
        atomic_store(&team->active, joins);
        pthread_mutex_unlock(&team->lock);
        if (atomic_load(&team->stop))
            return NULL;
        if (joins)
            do_share(team, 1);
        atomic_store(&team->active, false);
    }
}

struct bare_team *bare_open(struct baton_arena *arena, unsigned threads) {
    struct bare_team *team = arena_alloc(arena, 1, sizeof *team);
    team->arena = arena;
    team->scratch = arena_alloc(arena, 2, sizeof *team->scratch);
    pthread_mutex_init(&team->lock, NULL);
    pthread_cond_init(&team->wake, NULL);
    team->has_helper = threads > 1 && pthread_create(&team->helper, NULL, help, team) == 0;
    return team;
}

void bare_close(struct bare_team *team) {
    pthread_mutex_lock(&team->lock);
    atomic_store(&team->stop, true);
    pthread_cond_broadcast(&team->wake);
    pthread_mutex_unlock(&team->lock);
    if (team->has_helper)
        pthread_join(team->helper, NULL);
}

/* work(context, index, worker) for every index below count. */
static void share(struct bare_team *team, unsigned count, void (*work)(void *, unsigned, unsigned),
                  void *context) {
    team->work = work;
    team->context = context;
    team->count = count;
    atomic_store(&team->next, 0);
    if (!team->has_helper || count < 2) {
        do_share(team, 0);
        return;
    }
    pthread_mutex_lock(&team->lock);
    atomic_fetch_add(&team->runs, 1);
    team->open = true;
    pthread_cond_signal(&team->wake);
    pthread_mutex_unlock(&team->lock);
    do_share(team, 0);
    pthread_mutex_lock(&team->lock);
    team->open = false;
    pthread_mutex_unlock(&team->lock);
    for (unsigned spins = 0; atomic_load(&team->active); spins++)
        if (spins > 100000)
            sched_yield(); // the machine has other things to do
}

/* ---- Figures -> scores, and their sum. */

static inline void find_extremes(size_t n, const double *x, double *lo, double *hi) {
    lanes_f64 least = lanes_all(INFINITY), least2 = least, most = lanes_all(-INFINITY),
              most2 = most;
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        const lanes_f64 a = lanes_load(x + i), b = lanes_load(x + i + 2);
        least = lanes_min(a, least);
        most = lanes_max(a, most);
        least2 = lanes_min(b, least2);
        most2 = lanes_max(b, most2);
    }
    *lo = lanes_least(lanes_min(least, least2));
    *hi = lanes_greatest(lanes_max(most, most2));
    for (; i < n; i++) {
        *lo = x[i] < *lo ? x[i] : *lo;
        *hi = x[i] > *hi ? x[i] : *hi;
    }
}

/* A loop over units adds the scores of a leaf to these. */
struct sums {
    double *sum, *weight;
    double of_leaf;
};

static inline lanes_f64 where(lanes_i64 mask, lanes_f64 x) {
    return (lanes_f64)(mask & (lanes_i64)x);
}

static inline void score_two(lanes_f64 from, lanes_f64 span, lanes_f64 w, const double *x,
                             double *score, double *sum, double *weight) {
    const lanes_f64 s = lanes_all(LOW) + lanes_all(HIGH - LOW) * ((lanes_load(x) - from) / span);
    const lanes_i64 there = (lanes_i64)(s == s); // NOLINT(misc-redundant-expression): NaN is not
    lanes_store(score, s);
    lanes_store(sum, lanes_load(sum) + where(there, w * s));
    lanes_store(weight, lanes_load(weight) + where(there, w));
}

/* All figures equal at 12 digits, or none: `high`. */
static void score_constant(size_t n, const double *x, double *score, struct sums to,
                           uint16_t *note) {
    for (size_t i = 0; i < n; i++) {
        score[i] = isnan(x[i]) ? NAN : HIGH;
        to.sum[i] += isnan(x[i]) ? 0 : to.of_leaf * HIGH;
        to.weight[i] += isnan(x[i]) ? 0 : to.of_leaf;
        if (note != NULL)
            note[i] = isnan(x[i]) ? 0 : BATON_NOTE_CONSTANT;
    }
}

/* Whether the cohort was scored; false where all figures are equal. */
static inline bool score_cohort(size_t n, double lo, double hi, bool down, const double *x,
                                double *score, struct sums to) {
    const double size = fabs(lo) > fabs(hi) ? fabs(lo) : fabs(hi);
    if (UNLIKELY(!(hi - lo > 1e-11 * size)) && !(baton_number_compare12(lo, hi) < 0))
        return false;
    const double from = down ? hi : lo, span = down ? lo - hi : hi - lo;
    const lanes_f64 f = lanes_all(from), s = lanes_all(span), w = lanes_all(to.of_leaf);
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        score_two(f, s, w, x + i, score + i, to.sum + i, to.weight + i);
        score_two(f, s, w, x + i + 2, score + i + 2, to.sum + i + 2, to.weight + i + 2);
    }
    for (; i < n; i++) {
        score[i] = LOW + (HIGH - LOW) * ((x[i] - from) / span);
        to.sum[i] += score[i] == score[i] ? to.of_leaf * score[i] : 0;
        to.weight[i] += score[i] == score[i] ? to.of_leaf : 0;
    }
    return true;
}

static void mean_of(size_t n, const double *sum, const double *weight, double *out) {
    for (size_t i = 0; i < n; i++)
        out[i] = weight[i] > 0 ? sum[i] / weight[i] : NAN;
}

static void add_block(size_t n, const double *score, double w, double *sum, double *weight) {
    for (size_t i = 0; i < n; i++) {
        sum[i] += score[i] == score[i] ? w * score[i] : 0;
        weight[i] += score[i] == score[i] ? w : 0;
    }
}

/* ---- Scores -> hundredths -> ranks. */

static int32_t round_one(double score) {
    return isnan(score)
               ? INT32_MIN
               : (int32_t)(baton_number_round(score, 2, BATON_ROUND_HALF_AWAY) * 100 + 0.5);
}

/* Scores are within 60..100, so that the nearest hundredth is it unless 12 digits leave two of them open. */
static void round_scores(size_t n, const double *score, int32_t *key) {
    const lanes_f64 hundred = lanes_all(100);
    lanes_f64 farthest = lanes_all(0);
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        const lanes_f64 a = lanes_load(score + i) * hundred,
                        b = lanes_load(score + i + 2) * hundred;
        const lanes_i32 whole = lanes_whole(a, b);
        farthest = lanes_max(lanes_abs(a - lanes_first(whole)), farthest);
        farthest = lanes_max(lanes_abs(b - lanes_last(whole)), farthest);
        memcpy(key + i, &whole, sizeof whole);
    }
    for (i = lanes_greatest(farthest) > 0.5 - 1e-7 ? 0 : i; i < n; i++)
        key[i] = round_one(score[i]);
}

static inline lanes_i16 all_keys(int16_t key) {
    return (lanes_i16){key, key, key, key, key, key, key, key};
}

/* Twice the ranks of one small cohort: each key is compared with each. */
static inline void rank_cohort(size_t n, const int16_t *key, uint32_t *rank) {
    for (size_t first = 0; first < n; first += 24) {
        lanes_i16 own[3], above[3] = {{0}};
        memcpy(own, key + first, sizeof own);
        for (size_t i = 0; i < n; i++) {
            const lanes_i16 other = all_keys(key[i]);
            for (int v = 0; v < 3; v++)
                above[v] -= (lanes_i16)(other > own[v]);
        }
        uint32_t out[24];
        for (int v = 0; v < 3; v++) {
            const lanes_i16 best = above[v] + all_keys(1), zero = {0};
            const lanes_i16 twice = (best + best) & ~(lanes_i16)(own[v] == all_keys(NO_KEY));
            const lanes_i16 low = __builtin_shufflevector(twice, zero, 0, 8, 1, 9, 2, 10, 3, 11);
            const lanes_i16 high = __builtin_shufflevector(twice, zero, 4, 12, 5, 13, 6, 14, 7, 15);
            memcpy(out + 8 * v, &low, sizeof low);
            memcpy(out + 8 * v + 4, &high, sizeof high);
        }
        memcpy(rank + first, out, (n - first < 24 ? n - first : 24) * sizeof out[0]);
    }
}

/* Ranks and notes of a tile of whole cohorts in one node; notes are left alone where `constants` has put some. */
static void rank_tile(struct scratch *own, const uint32_t *start, uint32_t cohorts,
                      const double *score, uint32_t *rank, uint16_t *note, int missing,
                      bool constants) {
    const size_t n = start[cohorts] - start[0];
    round_scores(n, score, own->wide);
    for (size_t i = 0; i < n; i += 8) {
        const lanes_i16 eight = lanes_narrow(own->wide + i);
        memcpy(own->key + i, &eight, sizeof eight);
    }
    for (uint32_t c = 0; c < cohorts; c++)
        rank_cohort(start[c + 1] - start[c], own->key + (start[c] - start[0]),
                    rank + (start[c] - start[0]));
    if (note == NULL)
        return;
    for (size_t i = 0; i < n; i++)
        note[i] = (uint16_t)((own->key[i] == NO_KEY ? missing : 0) | (constants ? note[i] : 0));
}

/* ---- One scoring. */

struct job {
    struct bare_team *team;
    const struct bare_work *work;
    uint32_t tile_cohorts; // of a tile, small cohorts
    uint32_t tiles;        // of a cohort, large cohorts
};

/* The scores of a tile in a leaf, cohort by cohort; true where a cohort was constant. */
static bool score_leaf(const struct bare_work *work, uint32_t node, const uint32_t *start,
                       uint32_t cohorts, const double *extremes, struct sums to) {
    const struct bench_data *const data = work->data;
    const double *const figure = data->figure + data->leaf_index[node] * data->stride;
    double *const score = work->score + node * data->stride;
    bool constants = false;
    for (uint32_t c = 0; c < cohorts; c++) {
        const uint32_t first = start[c];
        const size_t n = start[c + 1] - first, at = first - start[0];
        const struct sums own = {to.sum + at, to.weight + at, to.of_leaf};
        double lo, hi;
        if (extremes == NULL) {
            find_extremes(n, figure + first, &lo, &hi);
        } else {
            lo = extremes[0];
            hi = extremes[1];
        }
        if (LIKELY(score_cohort(n, lo, hi, data->down[node], figure + first, score + first, own)))
            continue;
        if (work->full && !constants)
            memset(work->note + node * data->stride + start[0], 0,
                   (start[cohorts] - start[0]) * sizeof(uint16_t));
        constants = true;
        score_constant(n, figure + first, score + first, own,
                       work->full ? work->note + node * data->stride + first : NULL);
    }
    return constants;
}

/* The root has nobody to give its weight to. */
static int missing_note(uint32_t node) {
    return node == 0 ? BATON_NOTE_MISSING : BATON_NOTE_MISSING | BATON_NOTE_REDISTRIBUTED;
}

/* What is done with a node's scores of a tile. */
typedef void finish_node(struct scratch *own, const struct bare_work *work, uint32_t node,
                         const uint32_t *start, uint32_t cohorts, bool constants);

static void finish_small(struct scratch *own, const struct bare_work *work, uint32_t node,
                         const uint32_t *start, uint32_t cohorts, bool constants) {
    const size_t at = node * work->data->stride + start[0];
    if (work->full || node == 0)
        rank_tile(own, start, cohorts, work->score + at, work->rank + at,
                  work->full ? work->note + at : NULL, missing_note(node), constants);
}

/* Keys take the place of the ranks until all tiles are done. */
static void finish_large(struct scratch *own, const struct bare_work *work, uint32_t node,
                         const uint32_t *start, uint32_t cohorts, bool constants) {
    (void)own;
    const size_t at = node * work->data->stride + start[0], n = start[cohorts] - start[0];
    if (!work->full && node > 0)
        return;
    int32_t *const key = (int32_t *)work->rank + at;
    round_scores(n, work->score + at, key);
    if (!work->full)
        return;
    const int missing = missing_note(node);
    uint16_t *const note = work->note + at;
    for (size_t i = 0; i < n; i++)
        note[i] = (uint16_t)((key[i] == INT32_MIN ? missing : 0) | (constants ? note[i] : 0));
}

/* A tile from figures up to the root; extremes [leaf][2] of its one cohort, or NULL. */
static inline void score_tile(struct scratch *own, const struct bare_work *work,
                              const uint32_t *start, uint32_t cohorts, const double *extremes,
                              size_t extremes_step, finish_node *finish) {
    const struct bench_data *const data = work->data;
    const uint32_t first = start[0];
    const size_t n = start[cohorts] - first;
    const bool blocks = data->size.blocks > 0;
    double *const root = work->score + first;
    memset(own->total, 0, n * sizeof own->total[0]);
    memset(own->total_weight, 0, n * sizeof own->total_weight[0]);
    for (uint32_t node = 1; node < data->nodes;) {
        const uint32_t above = blocks ? node++ : 0;
        double *const sum = blocks ? own->sum : own->total;
        double *const weight = blocks ? own->weight : own->total_weight;
        if (blocks) {
            memset(sum, 0, n * sizeof sum[0]);
            memset(weight, 0, n * sizeof weight[0]);
        }
        for (; node < data->nodes && data->parent[node] == above; node++) {
            const double *const known =
                extremes == NULL ? NULL : extremes + data->leaf_index[node] * extremes_step;
            const bool constants = score_leaf(work, node, start, cohorts, known,
                                              (struct sums){sum, weight, data->weight[node]});
            finish(own, work, node, start, cohorts, constants);
        }
        if (!blocks)
            break;
        double *const block = work->score + above * data->stride + first;
        mean_of(n, sum, weight, block);
        add_block(n, block, data->weight[above], own->total, own->total_weight);
        finish(own, work, above, start, cohorts, false);
    }
    mean_of(n, own->total, own->total_weight, root);
    finish(own, work, 0, start, cohorts, false);
}

static void small_tile(void *context, unsigned index, unsigned worker) {
    const struct job *const job = context;
    const struct bench_data *const data = job->work->data;
    const uint32_t first = index * job->tile_cohorts;
    const uint32_t cohorts =
        data->cohorts - first < job->tile_cohorts ? data->cohorts - first : job->tile_cohorts;
    score_tile(&job->team->scratch[worker], job->work, data->start + first, cohorts, NULL, 0,
               finish_small);
}

/* Large cohorts: the extremes of a leaf. */
static void leaf_extremes(void *context, unsigned index, unsigned worker) {
    const struct job *const job = context;
    const struct bench_data *const data = job->work->data;
    (void)worker;
    for (uint32_t c = 0; c < data->cohorts; c++) {
        double *const to = job->team->extremes + 2 * ((size_t)index * data->cohorts + c);
        find_extremes(data->start[c + 1] - data->start[c],
                      data->figure + index * data->stride + data->start[c], to, to + 1);
    }
}

static void large_tile(void *context, unsigned index, unsigned worker) {
    const struct job *const job = context;
    const struct bench_data *const data = job->work->data;
    const uint32_t cohort = index / job->tiles, last = data->start[cohort + 1];
    const uint32_t first = data->start[cohort] + index % job->tiles * TILE;
    if (first >= last)
        return;
    const uint32_t start[2] = {first, last - first < TILE ? last : first + TILE};
    score_tile(&job->team->scratch[worker], job->work, start, 1,
               job->team->extremes + 2 * (size_t)cohort, 2 * (size_t)data->cohorts, finish_large);
}

/* Keys -> ranks of one node, cohort by cohort. */
static void rank_large(void *context, unsigned index, unsigned worker) {
    const struct job *const job = context;
    const struct bench_data *const data = job->work->data;
    uint32_t *const slot = job->team->scratch[worker].slot;
    for (uint32_t c = 0; c < data->cohorts; c++) {
        int32_t *const key = (int32_t *)job->work->rank + index * data->stride + data->start[c];
        const size_t n = data->start[c + 1] - data->start[c];
        memset(slot, 0, KEYS * sizeof slot[0]);
        for (size_t i = 0; i < n; i++)
            if (key[i] != INT32_MIN)
                slot[key[i] - KEY_LOW]++;
        for (uint32_t s = KEYS, before = 0; s-- > 0;) {
            const uint32_t count = slot[s];
            slot[s] = 2 * (before + 1);
            before += count;
        }
        for (size_t i = 0; i < n; i++)
            key[i] = key[i] != INT32_MIN ? (int32_t)slot[key[i] - KEY_LOW] : 0;
    }
}

void bare_score(struct bare_team *team, const struct bare_work *work) {
    const struct bench_data *const data = work->data;
    const uint32_t cohort = data->size.cohort > 0 ? data->size.cohort : data->size.units;
    struct job job = {.team = team, .work = work};
    if (cohort <= SMALL) {
        job.tile_cohorts = TILE / cohort;
        share(team, (data->cohorts + job.tile_cohorts - 1) / job.tile_cohorts, small_tile, &job);
        return;
    }
    if (team->extremes_room < 2 * (size_t)data->size.leaves * data->cohorts) {
        team->extremes_room = 2 * (size_t)data->size.leaves * data->cohorts;
        team->extremes = arena_alloc_raw(team->arena, team->extremes_room, sizeof(double));
    }
    job.tiles = (cohort + TILE - 1) / TILE;
    share(team, data->size.leaves, leaf_extremes, &job);
    share(team, data->cohorts * job.tiles, large_tile, &job);
    share(team, work->full ? data->nodes : 1, rank_large, &job);
}
