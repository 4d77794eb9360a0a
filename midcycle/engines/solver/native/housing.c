/* What a set of sessions is worth when each has a room of its own: the ways to hand out rooms are tried, one full session
 * after the other, as long as those left could still do better in the largest rooms that are free. */
#include <stddef.h>

#include "solver.h"

enum { MOST_LOOKS = 60, MOST_HOUSED = 6 }; /* with more rooms, all ways cost more time than they gain */

typedef struct {
    const Problem *p;
    const Slotful *set;
    const Ladder *ladder;
    Bench *bench;
    int32_t order[MOST_ROOMS], full;    /* sessions that some room is too small for, the most wanted first */
    int32_t limit[MOST_ROOMS], price[MOST_ROOMS];
    uint8_t taken[MOST_ROOMS];          /* rooms of the ladder */
    const int32_t *tied;                /* the room of the ladder a session is bound to, -1 for none */
    double best, most;
    int32_t looks;
} House;

static int32_t seats_in(const House *h, int32_t i, int32_t room) {
    int32_t topic = h->set->topics[i], comfort = h->p->comfort[topic], size = h->ladder->size[room];
    int32_t seats = (comfort < size ? comfort : size) - h->p->needed[topic];
    return seats < h->p->fans[topic] ? seats : h->p->fans[topic];
}

static int32_t most_free(const House *h, int32_t i) {
    if (h->tied[i] >= 0) {
        return seats_in(h, i, h->tied[i]);
    }
    for (int32_t r = 0; r < h->ladder->count; r++) {
        if (!h->taken[r]) {
            return seats_in(h, i, r);
        }
    }
    return -1;
}

static double worth(House *h) {
    Slotful s = {h->set->slot, h->set->count, h->set->topics, h->limit, h->price};
    h->looks++;
    return h->p->attend * (double)attended(h->p, &s, NULL, h->bench) + moderated(h->p, &s, h->bench);
}

/* Give a room to the next full session; those after it are counted as if each had the largest one left. */
static void house(House *h, int32_t n) {
    for (int32_t m = n; m < h->full; m++) {
        h->limit[h->order[m]] = most_free(h, h->order[m]);
        if (h->limit[h->order[m]] < 0) {
            return;
        }
    }
    if (h->looks >= MOST_LOOKS) {
        h->best = h->most;
        return;
    }
    double value = worth(h);
    if (value <= h->best) {
        return;
    }
    if (n == h->full) {
        h->best = value < h->most ? value : h->most;
        return;
    }
    int32_t i = h->order[n], last = -1;
    for (int32_t r = 0; r < h->ladder->count && h->best < h->most; r++) {
        int bound = h->tied[i] >= 0;
        if (h->taken[r] || (bound && h->tied[i] != r)) {
            continue;
        }
        int32_t seats = seats_in(h, i, r), next = r + 1;
        while (next < h->ladder->count && h->taken[next]) {
            next++;
        }
        if (seats < 0 || seats == last || (!bound && next < h->ladder->count && seats_in(h, i, next) == seats)) {
            continue; /* a smaller room has as many seats for it */
        }
        last = seats;
        h->taken[r] = 1;
        h->limit[i] = seats;
        house(h, n + 1);
        h->taken[r] = 0;
    }
}

/* The full sessions in the rooms in line, the most wanted in the largest; 0 when a session does not fit so. */
static int in_line(House *h) {
    int32_t room = 0;
    for (int32_t n = 0; n < h->full; n++) {
        int32_t i = h->order[n];
        if (h->tied[i] >= 0) {
            return 0;
        }
        h->limit[i] = seats_in(h, i, room++);
        if (h->limit[i] < 0) {
            return 0;
        }
    }
    return 1;
}

double housed(const Problem *p, const Slotful *set, const Ladder *ladder, const int32_t *tied, double most, Bench *b) {
    House h = {.p = p, .set = set, .ladder = ladder, .bench = b, .tied = tied, .best = -1e300, .most = most};
    int32_t least = ladder->count - 1;
    if (ladder->count > MOST_HOUSED) {
        return most;
    }
    for (int32_t i = 0; i < set->count; i++) {
        int32_t at = h.full, topic = set->topics[i];
        if (tied[i] < 0 && seats_in(&h, i, least) == p->fans[topic]) {
            h.limit[i] = p->fans[topic];
            continue;
        }
        for (; at > 0; at--) {
            int32_t other = h.order[at - 1];
            int before = tied[i] >= 0 ? tied[other] < 0 : tied[other] < 0 && p->fans[set->topics[other]] < p->fans[topic];
            if (!before) {
                break;
            }
            h.order[at] = other;
        }
        h.order[at] = i;
        h.full++;
    }
    if (!h.full || (in_line(&h) && worth(&h) >= most)) {
        return most;
    }
    house(&h, 0);
    return h.best;
}
