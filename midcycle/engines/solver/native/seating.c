/* People to sessions of one slot: a transportation problem by best chains (successive shortest paths). */
#include <stdlib.h>
#include <string.h>

#include "solver.h"

static const int64_t NEVER = INT64_MIN / 4;

typedef struct {
    int32_t topics, people;
    const int32_t *start, *topic, *weight;
    int32_t *left, *seat;
    int64_t *gain;      /* [topics][topics] most won when somebody seated in the first changes to the second */
    int32_t *who;
    int64_t *leave;     /* [topics] the same when somebody goes home */
    int32_t *leaver;
    int64_t *chain;     /* [topics] what a seat in it brings beside its taker: 0 when one is free */
    int32_t *onward;    /* [topics] next session of the chain, -1 for home, -2 when a seat is free */
} Hall;

static int64_t weight_of(const Hall *h, int32_t person, int32_t topic) {
    for (int32_t n = h->start[person]; n < h->start[person + 1]; n++) {
        if (h->topic[n] == topic) {
            return h->weight[n];
        }
    }
    return 0;
}

static void offer(Hall *h, int32_t person) {
    int32_t t = h->seat[person];
    int64_t now = weight_of(h, person, t);
    if (-now > h->leave[t]) {
        h->leave[t] = -now;
        h->leaver[t] = person;
    }
    for (int32_t n = h->start[person]; n < h->start[person + 1]; n++) {
        int32_t u = h->topic[n];
        if (u != t && h->weight[n] - now > h->gain[t * h->topics + u]) {
            h->gain[t * h->topics + u] = h->weight[n] - now;
            h->who[t * h->topics + u] = person;
        }
    }
}

/* Gather anew what those seated in the marked sessions could do. */
static void gather(Hall *h, const uint8_t *marked) {
    for (int32_t t = 0; t < h->topics; t++) {
        if (marked[t]) {
            h->leave[t] = NEVER;
            for (int32_t u = 0; u < h->topics; u++) {
                h->gain[t * h->topics + u] = NEVER;
            }
        }
    }
    for (int32_t person = 0; person < h->people; person++) {
        if (h->seat[person] >= 0 && marked[h->seat[person]]) {
            offer(h, person);
        }
    }
}

static void chains(Hall *h) {
    for (int32_t t = 0; t < h->topics; t++) {
        h->chain[t] = h->left[t] > 0 ? 0 : h->leave[t];
        h->onward[t] = h->left[t] > 0 ? -2 : -1;
    }
    for (int changed = 1; changed;) {
        changed = 0;
        for (int32_t t = 0; t < h->topics; t++) {
            for (int32_t u = 0; h->left[t] <= 0 && u < h->topics; u++) {
                int64_t value = h->gain[t * h->topics + u] + h->chain[u];
                if (h->gain[t * h->topics + u] > NEVER && value > h->chain[t]) {
                    h->chain[t] = value;
                    h->onward[t] = u;
                    changed = 1;
                }
            }
        }
    }
}

static void seat_one(Hall *h, int32_t person, uint8_t *marked, int *stale) {
    int32_t t = -1;
    int64_t best = 0;
    int free_is_best = 1;
    for (int32_t n = h->start[person]; n < h->start[person + 1]; n++) {
        if (h->weight[n] > best || (h->weight[n] == best && t >= 0 && h->left[h->topic[n]] > h->left[t])) {
            best = h->weight[n];
            t = h->topic[n];
        }
    }
    free_is_best = t < 0 || h->left[t] > 0;
    if (!free_is_best) {
        if (*stale) {
            gather(h, marked);
            memset(marked, 0, (size_t)h->topics);
            chains(h);
            *stale = 0;
        }
        t = -1;
        best = 0;
        for (int32_t n = h->start[person]; n < h->start[person + 1]; n++) {
            int64_t value = h->chain[h->topic[n]] <= NEVER ? NEVER : h->weight[n] + h->chain[h->topic[n]];
            if (value > best) {
                best = value;
                t = h->topic[n];
            }
        }
    }
    int32_t moving = person;
    while (t >= 0 && moving >= 0) {
        marked[t] = 1;
        *stale = 1;
        int32_t next = h->left[t] > 0 ? -2 : h->onward[t];
        int32_t out = next == -2 ? -1 : next == -1 ? h->leaver[t] : h->who[t * h->topics + next];
        h->seat[moving] = t;
        if (next == -2) {
            h->left[t]--;
        } else if (next == -1) {
            h->seat[out] = -1;
            out = -1;
        }
        moving = out;
        t = next < 0 ? -1 : next;
    }
}

/* Seat people so that the sum of weights is the largest there is. `start` and `topic` list what each person wants
 * (places of a list of `topics` sessions), `weight` how much (above 0); `left` has the seats and is used up. Writes
 * the session of each person, or -1. Returns the sum. */
int64_t solver_seat(int32_t people, int32_t topics, const int32_t *start, const int32_t *topic, const int32_t *weight,
                    int32_t *left, int32_t *seat) {
    size_t square = (size_t)topics * (size_t)topics, row = (size_t)topics;
    Hall h = {.topics = topics, .people = people, .start = start, .topic = topic, .weight = weight, .left = left, .seat = seat};
    uint8_t *marked = malloc(row + 1);
    int stale = 1;
    int64_t total = 0;
    h.gain = malloc((square + 2 * row + 1) * sizeof(int64_t));
    h.leave = h.gain + square;
    h.chain = h.leave + row;
    h.who = malloc((square + 2 * row + 1) * sizeof(int32_t));
    h.leaver = h.who + square;
    h.onward = h.leaver + row;
    memset(marked, 1, row + 1);
    memset(seat, 0xff, (size_t)people * sizeof(int32_t));
    for (int32_t person = 0; person < people; person++) {
        seat_one(&h, person, marked, &stale);
    }
    for (int32_t person = 0; person < people; person++) {
        total += seat[person] < 0 ? 0 : weight_of(&h, person, seat[person]);
    }
    free(marked);
    free(h.gain);
    free(h.who);
    return total;
}
