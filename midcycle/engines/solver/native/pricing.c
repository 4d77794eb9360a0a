/* The best sets of sessions for one slot at given prices of topics: branch and bound.
 *
 * Votes attended are submodular in the set at fixed prices of seats: what a session adds never grows when others join.
 * So a set is worth at most what it is worth now, plus the largest additions that fit into the rooms left.
 */
#include <stdlib.h>
#include <string.h>

#include "solver.h"

typedef struct {
    const Problem *p;
    int32_t slot, rooms, items;
    const int32_t *topic;     /* [items] */
    const double *reward;     /* [items] score beside votes and moderators: minus the price of the topic, plus bonuses */
    const double *promise;    /* [items] most that moderators can add */
    Ladder ladder;
    Bench bench, spare;
    const int32_t *room;      /* [items] the room of the ladder a piece is bound to, -1 for none */
    double bar;               /* sets worth no more are of no interest */
    double keen;              /* of the best set found; the search keeps this share as a second bar */
    double best;
    int64_t nodes, most_nodes;
    int32_t found, most_found;
    double least;             /* worth of the worst set kept */
    int32_t *size, *sets;     /* [most_found], [most_found][rooms] items */
    double *value;            /* [most_found] worth with rewards */
    double most;              /* a bound on every set */
    double open;              /* most that was left unsearched when nodes ran out */
    Offer *offers;            /* [rooms + 1][items] */
    int32_t chosen[MOST_ROOMS], topics[MOST_ROOMS], price[MOST_ROOMS];
    Till till;
    int32_t *seats;           /* [items] most a session can have */
    int32_t depth, steps;     /* down to which size of a set offers are sifted, with so many steps */
    const volatile int32_t *stop;
} Search;

static int by_gain(const void *a, const void *b) {
    double x = ((const Offer *)a)->gain, y = ((const Offer *)b)->gain;
    return x < y ? 1 : x > y ? -1 : ((const Offer *)a)->item - ((const Offer *)b)->item;
}

void sort_offers(Offer *offers, int32_t count) {
    qsort(offers, (size_t)count, sizeof(Offer), by_gain);
}

/* Votes the topic adds to what the bench holds, at the best price of its own seats. */
static int64_t added(const Search *s, int32_t item, int32_t seats) {
    const Problem *p = s->p;
    int32_t topic = s->topic[item], words = p->words;
    const uint64_t *need = p->need + (int64_t)topic * words, *mask = s->bench.mask, *top = s->bench.top;
    int64_t lost = 0, best = INT64_MAX;
    for (int32_t w = 0; p->needed[topic] && w < words; w++) {
        uint64_t leave = need[w] & mask[w];
        for (int32_t k = 0; leave && k < p->levels; k++) {
            lost += __builtin_popcountll(leave & top[k * words + w]);
        }
    }
    int32_t dearest = p->fans[topic] > seats ? p->levels : 0;
    for (int32_t price = 0; price <= dearest; price++) {
        int64_t total = (int64_t)price * seats;
        const uint64_t *level = level_of(p, topic, price);
        for (int32_t k = 0; k < p->levels - price; k++) {
            const uint64_t *fans = level + k * words, *taken = top + k * words;
            for (int32_t w = 0; w < words; w++) {
                total += __builtin_popcountll(fans[w] & mask[w] & ~taken[w]);
            }
        }
        if (total >= best) {
            break;
        }
        best = total;
    }
    return best - lost + p->own[topic];
}

static inline double up(double gain) {
    return gain > 0 ? gain : 0;
}

static int clashing(const Search *s, int32_t count, int32_t topic) {
    for (int32_t i = 0; i < count; i++) {
        if (s->p->track[s->topics[i]] == s->p->track[topic]) {
            return 1;
        }
    }
    return 0;
}

static void record(Search *s, int32_t count, double value) {
    int32_t at = s->found;
    if (value <= s->bar) {
        return;
    }
    if (s->found == s->most_found) { /* full: replace the worst */
        at = 0;
        for (int32_t i = 1; i < s->found; i++) {
            at = s->value[i] < s->value[at] ? i : at;
        }
        if (s->value[at] >= value) {
            return;
        }
    } else {
        s->found++;
    }
    s->size[at] = count;
    s->value[at] = value;
    memcpy(s->sets + (int64_t)at * s->rooms, s->chosen, (size_t)count * sizeof(int32_t));
    s->least = value;
    for (int32_t i = 0; s->found == s->most_found && i < s->found; i++) {
        s->least = s->value[i] < s->least ? s->value[i] : s->least;
    }
}

static double barrier(const Search *s) {
    double second = s->keen * s->best;
    return s->keen > 0 && second > s->bar ? second : s->bar;
}

/* Value the chosen set, exactly if that matters; returns its worth as far as a larger set can keep it. */
static double value_of(Search *s, int32_t count, double *worth) {
    double reward = 0;
    int32_t tied[MOST_ROOMS];
    Slotful full = {s->slot, count, s->topics, NULL, s->price};
    for (int32_t i = 0; i < count; i++) {
        reward += s->reward[s->chosen[i]];
        tied[i] = s->room[s->chosen[i]];
    }
    if (s->p->clash > 0) {
        reward -= s->p->clash * clashes(s->p, &full);
    }
    double most = s->p->attend * (double)attended(s->p, &full, &s->ladder, &s->bench) + moderated(s->p, &full, &s->bench);
    *worth = most + reward;
    if (*worth > s->best || (*worth > s->bar && (s->found < s->most_found || *worth > s->least))) {
        *worth = housed(s->p, &full, &s->ladder, tied, most, &s->spare) + reward;
    }
    return most + reward;
}

static void branch(Search *s, int32_t count, double base, const Offer *among, int32_t many);

/* Add one session, value the set, and go on with those that stand behind it in line. */
static void descend(Search *s, int32_t count, const Offer *offers, int32_t i, int32_t many) {
    double worth, base;
    s->chosen[count] = offers[i].item;
    s->topics[count] = s->topic[offers[i].item];
    s->price[count] = 0;
    int32_t kept[MOST_ROOMS];
    memcpy(kept, s->price, sizeof kept);
    base = value_of(s, count + 1, &worth);
    s->nodes++;
    if (worth > s->best) {
        s->best = worth;
    }
    record(s, count + 1, worth);
    if (count + 1 < s->rooms) {
        branch(s, count + 1, base, offers + i + 1, many - i - 1);
    }
    memcpy(s->price, kept, sizeof kept);
}

static int joins(const Search *s, int32_t count, int32_t topic) {
    for (int32_t c = 0; c < count; c++) {
        int32_t other = s->topics[c];
        if (other == topic || (s->p->conflict[(int64_t)topic * s->p->topic_words + (other >> 6)] >> (other & 63) & 1)) {
            return 0;
        }
    }
    return 1;
}

/* Keep the offers that a set above the barrier can have beside the chosen ones, which are worth `base`; most sets end here,
 * before anything is sorted. */
static int32_t worth_having(const Search *s, int32_t left, double base, Offer *offers, int32_t n) {
    double first[MOST_ROOMS], sum = 0, last = 0;
    int32_t many = 0, kept = 0;
    for (int32_t i = 0; i < n; i++) {
        double gain = offers[i].gain;
        int32_t at = many < left ? many : left - 1;
        if (gain <= 0 || (many == left && gain <= first[left - 1])) {
            continue;
        }
        for (; at > 0 && first[at - 1] < gain; at--) {
            first[at] = first[at - 1];
        }
        first[at] = gain;
        many += many < left;
    }
    for (int32_t i = 0; i < many; i++) {
        sum += first[i];
        last = many == left ? first[left - 1] : 0;
    }
    for (int32_t i = 0; i < n; i++) {
        if (base + sum - last + offers[i].gain > barrier(s)) {
            offers[kept++] = offers[i];
        }
    }
    return base + sum > barrier(s) ? kept : 0;
}

/* Those of the offers that could still matter beside the chosen set, with what each adds at the most; returns how many. */
static int32_t gather_offers(Search *s, int32_t count, double base, const Offer *among, int32_t many, Offer *offers) {
    int32_t n = 0;
    for (int32_t i = 0; i < many; i++) {
        if (joins(s, count, s->topic[among[i].item])) {
            offers[n++] = (Offer){among[i].item, 0};
        }
    }
    if (count <= s->depth && n > 2 * (s->rooms - count)) {
        Slotful full = {s->slot, count, s->topics, NULL, s->price};
        double still = s->p->clash > 0 ? -s->p->clash * clashes(s->p, &full) : 0, bound;
        n = sift(&s->till, s->chosen, count, s->bench.held, still, offers, n, barrier(s), s->steps, &bound);
        s->most = count ? s->most : bound;
    }
    for (int32_t i = 0; i < n; i++) {
        int32_t item = offers[i].item, topic = s->topic[item];
        offers[i].gain = s->p->attend * (double)added(s, item, s->seats[item]) + s->promise[item] + s->reward[item];
        offers[i].gain -= s->p->clash > 0 && clashing(s, count, topic) ? s->p->clash : 0;
    }
    n = worth_having(s, s->rooms - count, base, offers, n);
    sort_offers(offers, n);
    return n;
}

static void branch(Search *s, int32_t count, double base, const Offer *among, int32_t many) {
    Offer *offers = s->offers + (int64_t)count * s->items;
    int32_t left = s->rooms - count, n = gather_offers(s, count, base, among, many, offers);
    double sum = 0;
    for (int32_t i = 0; i < n && i < left; i++) {
        sum += up(offers[i].gain);
    }
    for (int32_t i = 0; i < n; i++) {
        double most = base + sum - up(offers[i].gain) + offers[i].gain;
        if (most <= barrier(s)) {
            return;
        }
        int full = s->keen <= 0 && s->found == s->most_found; /* all sets were asked for, and there are too many */
        if (full || s->nodes >= s->most_nodes || *s->stop) {
            s->open = most > s->open ? most : s->open;
            return;
        }
        descend(s, count, offers, i, n);
        sum += (i + left < n ? up(offers[i + left].gain) : 0) - up(offers[i].gain);
    }
}

/* `seats` and `room` are those of a piece that is bound to a room, -1 for all others.
 *
 * Sets of sessions worth more than `bar` in a slot, at most `most_found` of the best met. Returns how many. `best` is
 * the worth of the best, `open` a bound on what was not searched (-1e300: all was). With keen = 1 the best is
 * exact, with keen = 0 every set above the bar is found as long as there is room for it. */
int32_t solver_price(const Problem *p, int32_t slot, int32_t items, const int32_t *topic, const double *reward,
                     const double *promise, const int32_t *seats, const int32_t *room, const int32_t *ladder,
                     int32_t rooms, double bar, double keen, int64_t most_nodes, int32_t most_found, int32_t *size,
                     int32_t *sets, double *value, double *best, double *open, int64_t *nodes,
                     const volatile int32_t *stop) {
    Search s = {.p = p, .slot = slot, .rooms = rooms, .items = items, .topic = topic, .reward = reward,
                .promise = promise, .room = room, .bench = bench_new(p), .spare = bench_new(p), .bar = bar,
                .keen = keen, .best = 0, .nodes = 0, .most_nodes = most_nodes, .found = 0, .most_found = most_found,
                .size = size, .sets = sets, .value = value, .open = -1e300, .stop = stop};
    s.ladder.count = rooms;
    memcpy(s.ladder.size, ladder, (size_t)rooms * sizeof(int32_t));
    s.offers = malloc((size_t)(rooms + 2) * (size_t)(items + 1) * sizeof(Offer));
    Offer *all = s.offers + (int64_t)(rooms + 1) * items;
    for (int32_t i = 0; i < items; i++) {
        all[i] = (Offer){i, 0};
    }
    s.seats = malloc((size_t)(items + 1) * sizeof(int32_t));
    for (int32_t i = 0; i < items; i++) {
        s.seats[i] = seats[i] >= 0 ? seats[i] : most_seats(p, topic[i], &s.ladder);
    }
    s.till = till_new(p, slot, rooms, topic, reward, s.seats);
    s.depth = 0;
    s.steps = 60;
    s.most = 1e300;
    Slotful none = {slot, 0, s.topics, NULL, s.price};
    attended(p, &none, &s.ladder, &s.bench);
    if (rooms > 0) {
        branch(&s, 0, 0, all, items);
    }
    *best = s.best;
    *open = s.open < s.most ? s.open : s.most;
    *nodes = s.nodes;
    bench_free(&s.bench);
    bench_free(&s.spare);
    till_free(&s.till);
    free(s.seats);
    free(s.offers);
    return s.found;
}
