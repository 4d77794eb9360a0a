/* What the parts of the kernel share: the problem as arrays, and the value of the sessions that run in one slot.
 *
 * Python (native/binding.py) fills `Problem`, checks every index before it comes here and keeps the memory alive;
 * nothing here allocates what it does not free, keeps state between calls, or reads a clock.
 *
 * A session of d slots is valued in each of them with 1/d of every vote: the sum over its slots is what it is worth
 * when everybody stays, and never less than what an agenda can reach. Votes are scaled to whole numbers first.
 */
#ifndef MIDCYCLE_SOLVER_H
#define MIDCYCLE_SOLVER_H

#include <stdint.h>

enum { MOST_ROOMS = 128, MOST_LEVELS = 64, MOST_SPAN = 16 };

typedef struct {
    int32_t people, topics, slots, rooms;
    int32_t levels;                 /* the heaviest scaled vote */
    int32_t words;                  /* 64-bit words for one bit a person */
    int32_t topic_words;            /* 64-bit words for one bit a topic */
    double attend;                  /* score of one scaled vote attended */
    double pair, one, clash;        /* score of a session with two kinds of moderators, with one; cost of a clash */
    double move_slot, move_room;    /* cost of a session elsewhere than before */
    const uint64_t *level;          /* [topics][levels][words] who votes with k + 1 or more, needed people left out */
    const uint64_t *need;           /* [topics][words] who must be there */
    const uint64_t *present;        /* [slots][words] */
    const uint64_t *conflict;       /* [topics][topic_words] who cannot run beside whom */
    const int32_t *vote_start;      /* [topics + 1] */
    const int32_t *vote_person;     /* who votes for it and is not needed, topic after topic */
    const int32_t *vote_weight;     /* scaled */
    const int32_t *need_start;      /* [topics + 1] */
    const int32_t *need_person;     /* who must be there */
    const int32_t *own;             /* [topics] scaled votes of the needed people */
    const int32_t *needed;          /* [topics] how many they are */
    const int32_t *comfort;         /* [topics] most people, whatever the room */
    const int32_t *fans;            /* [topics] how many vote for it and are not needed */
    const int32_t *span;            /* [topics] slots it takes */
    const int32_t *track;           /* [topics] */
    const int32_t *wanted;          /* [topics] moderators wanted */
    const int32_t *pool_start;      /* [topics + 1] */
    const int32_t *pool_person;     /* volunteers, topic after topic */
    const int32_t *pool_weight;     /* scaled vote of the volunteer */
    const int32_t *pool_experienced;
    const uint8_t *may_start;       /* [topics][slots] */
    const uint8_t *may_room;        /* [topics][rooms] fixed room, and seats for the needed */
    const uint8_t *closed;          /* [rooms][slots] */
    const int32_t *capacity;        /* [rooms] */
    const double *worth;            /* [topics] score of being placed at all (cost of not being) */
    const int32_t *before_slot;     /* [topics] -1: nowhere */
    const int32_t *before_room;     /* [topics] */
} Problem;

/* One slot with its sessions. `limit` are seats beside the needed people. `price` takes the whole prices of a seat that
 * were found. */
typedef struct {
    int32_t slot, count;
    const int32_t *topics;
    const int32_t *limit;
    int32_t *price;
} Slotful;

/* The rooms open in a slot for sessions that may change rooms, largest first. */
typedef struct {
    int32_t count;
    int32_t size[MOST_ROOMS];
} Ladder;

/* Scratch memory of one thread: who is taken at each level ([levels][words], `after` so for each room), and [words]. */
typedef struct {
    uint64_t *top, *rest, *base, *mask, *held, *after;
} Bench;

Bench bench_new(const Problem *p);
void bench_free(Bench *b);

/* An upper bound on the votes attended in the slot, exact when the prices are the best ones; with a ladder `limit` is
 * not read. Leaves in the bench who is taken at which level. */
int64_t attended(const Problem *p, const Slotful *s, const Ladder *ladder, Bench *b);

/* The score moderators add there, at the prices found by `attended`, counted 1/span for each session. */
double moderated(const Problem *p, const Slotful *s, const Bench *b);

/* Extra sessions of a track in the slot. */
int32_t clashes(const Problem *p, const Slotful *s);

/* Most seats a session has in a slot with these rooms, beside its needed people. */
int32_t most_seats(const Problem *p, int32_t topic, const Ladder *ladder);

/* The most a set is worth with votes and moderators when every session has one room of the ladder; `tied` are the rooms of
 * those bound to one (-1: any), `most` is a bound on it. Below all numbers when the rooms do not do. Changes the bench. */
double housed(const Problem *p, const Slotful *set, const Ladder *ladder, const int32_t *tied, double most, Bench *b);

/* A piece that could join a set, and what it would add at the most. */
typedef struct {
    int32_t item;
    double gain;
} Offer;

void sort_offers(Offer *offers, int32_t count);

/* What `paying.c` needs to know of a slot, and its memory. */
typedef struct {
    const Problem *p;
    int32_t slot, rooms;
    const int32_t *topic;     /* [items] */
    const double *reward;     /* [items] */
    const int32_t *seats;     /* [items] */
    double *pay, *trial, *slope, *scratch; /* [rooms + 1][people], and three times [people] */
    uint8_t *here;            /* [people] */
} Till;

Till till_new(const Problem *p, int32_t slot, int32_t rooms, const int32_t *topic, const double *reward, const int32_t *seats);
void till_free(Till *till);

/* Leave out the offers that no set above the barrier can have beside the chosen items; returns how many stay, 0 when no
 * set with the chosen ones is above it. `held` are the people the chosen ones need, `still` is score beside. */
int32_t sift(Till *till, const int32_t *chosen, int32_t count, const uint64_t *held, double still, Offer *offers, int32_t n,
             double barrier, int32_t steps, double *bound);

static inline const uint64_t *level_of(const Problem *p, int32_t topic, int32_t k) {
    return p->level + ((int64_t)topic * p->levels + k) * p->words;
}

/* xorshift64*: small, good enough for moves. */
static inline uint64_t next_random(uint64_t *state) {
    uint64_t x = *state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * 2685821657736338717ULL;
}

static inline uint32_t below(uint64_t *state, uint32_t n) {
    return (uint32_t)(((next_random(state) >> 32) * (uint64_t)n) >> 32);
}

static inline double unit(uint64_t *state) {
    return (double)(next_random(state) >> 11) * 0x1.0p-53;
}

#endif
