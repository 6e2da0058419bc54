/* How far a replayed result is from the old one: who keeps rank and grade, how much scores move, how the orders agree. */
#include "base/arena.h"
#include "baton/replay.h"
#include <math.h>

/* Kendall's tau-b: pairs in the same order less pairs in the opposite one, by the geometric mean of the pairs that each
 * order tells apart (Kendall, The treatment of ties in ranking problems, 1945). */
struct tau {
    double same, opposite, apart_before, apart_after;
};

static int sign(double x) {
    return (x > 0) - (x < 0);
}

static void add_pair(struct tau *tau, const struct baton_replay_unit *a,
                     const struct baton_replay_unit *b) {
    const int before = sign(a->before.rank - b->before.rank);
    const int after = sign(a->replayed.rank - b->replayed.rank);
    tau->apart_before += before != 0;
    tau->apart_after += after != 0;
    tau->same += before * after > 0;
    tau->opposite += before * after < 0;
}

static double tau_of(const struct tau *tau) {
    const double apart = sqrt(tau->apart_before) * sqrt(tau->apart_after);
    return apart > 0 ? baton_number_sig12((tau->same - tau->opposite) / apart) : NAN;
}

static bool is_ranked(const struct baton_replay_unit *unit) {
    return !isnan(unit->before.rank) && !isnan(unit->replayed.rank);
}

static void add_unit(struct baton_replay_stability *to, const struct baton_replay_unit *unit) {
    if (!isnan(unit->before.score) && !isnan(unit->replayed.score)) {
        to->units++;
        to->score_change += fabs(unit->replayed.score - unit->before.score);
    }
    if (is_ranked(unit)) {
        to->ranked++;
        to->rank_kept += unit->before.rank == unit->replayed.rank;
    }
    if (!isnan(unit->before.step) && !isnan(unit->replayed.step)) {
        to->graded++;
        to->grade_kept += unit->before.step == unit->replayed.step;
    }
}

static void finish(struct baton_replay_stability *of) {
    of->score_change = of->units > 0 ? baton_number_sig12(of->score_change / of->units) : NAN;
}

struct baton_replay_stability baton_replay_stability_of(const struct baton_replaying *replaying,
                                                        const struct baton_replay *replay,
                                                        struct baton_replay_stability group[]) {
    const struct baton_scheme *before = replaying->comparison->before;
    struct baton_replay_stability all = {.tau = NAN};
    for (uint32_t g = 0; g < before->group_count; g++) {
        struct tau tau = {0};
        group[g] = (struct baton_replay_stability){0};
        for (uint32_t i = 0; i < replay->unit_count; i++) {
            const struct baton_replay_unit *unit = &replay->unit[i];
            if (before->unit[unit->unit].group != g)
                continue;
            add_unit(&group[g], unit);
            add_unit(&all, unit);
            for (uint32_t k = 0; is_ranked(unit) && k < i; k++)
                if (before->unit[replay->unit[k].unit].group == g && is_ranked(&replay->unit[k]))
                    add_pair(&tau, unit, &replay->unit[k]);
        }
        group[g].tau = tau_of(&tau);
        finish(&group[g]);
    }
    finish(&all);
    return all;
}
