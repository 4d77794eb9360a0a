/* Simulated annealing over cells (a room in a slot): Kirkpatrick, Gelatt and Vecchi, Science 220 (1983). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver.h"

enum { MOST_TOUCHED = 2 * MOST_SPAN };

typedef struct {
    const Problem *p;
    Bench bench;
    int32_t *slot, *room;   /* [topics] the caller's: where each session is, -1 for nowhere */
    int32_t *cell;          /* [slots][rooms] the topic in it, -1 for none */
    int32_t *price;         /* [slots][rooms] */
    int32_t *kept;          /* [MOST_TOUCHED][rooms] prices before a move */
    double *value;          /* [slots] */
    int32_t *start, *starts;/* [topics + 1], and the slots each may start in */
    uint64_t random;
    double total;
} Walk;

typedef struct {
    int32_t topic, slot, room;
} Step;

/* The sessions of a move: first the one that moves, then those that make room. */
typedef struct {
    int32_t count, touched, slots[MOST_TOUCHED];
    Step to[MOST_SPAN + 1], from[MOST_SPAN + 1];
    double value[MOST_TOUCHED];
} Move;

static double standing(const Problem *p, int32_t topic, int32_t slot, int32_t room) {
    if (slot < 0) {
        return 0;
    }
    double total = p->worth[topic];
    if (p->before_slot[topic] == slot) {
        total += p->move_slot - (p->before_room[topic] == room ? 0 : p->move_room);
    }
    return total;
}

static double worth_of(Walk *w, int32_t slot) {
    const Problem *p = w->p;
    int32_t topics[MOST_ROOMS], limit[MOST_ROOMS], price[MOST_ROOMS], at[MOST_ROOMS], count = 0;
    for (int32_t r = 0; r < p->rooms; r++) {
        int32_t topic = w->cell[slot * p->rooms + r];
        if (topic >= 0) {
            int32_t seats = p->capacity[r] < p->comfort[topic] ? p->capacity[r] : p->comfort[topic];
            topics[count] = topic;
            limit[count] = seats - p->needed[topic];
            price[count] = w->price[slot * p->rooms + r];
            at[count++] = r;
        }
    }
    if (!count) {
        return 0;
    }
    Slotful s = {slot, count, topics, limit, price};
    double total = p->attend * (double)attended(p, &s, NULL, &w->bench) + moderated(p, &s, &w->bench);
    total -= p->clash > 0 ? p->clash * clashes(p, &s) : 0;
    for (int32_t i = 0; i < count; i++) {
        w->price[slot * p->rooms + at[i]] = price[i];
    }
    return total;
}

static void put(Walk *w, Step step, int32_t topic) {
    for (int32_t k = 0; step.slot >= 0 && k < w->p->span[step.topic]; k++) {
        w->cell[(step.slot + k) * w->p->rooms + step.room] = topic;
    }
}

static int fits(const Walk *w, Step step) {
    const Problem *p = w->p;
    if (step.slot < 0) {
        return 1;
    }
    if (!p->may_start[(int64_t)step.topic * p->slots + step.slot] || !p->may_room[(int64_t)step.topic * p->rooms + step.room]) {
        return 0;
    }
    const uint64_t *conflict = p->conflict + (int64_t)step.topic * p->topic_words;
    for (int32_t k = 0; k < p->span[step.topic]; k++) {
        int32_t slot = step.slot + k;
        if (p->closed[step.room * p->slots + slot] || w->cell[slot * p->rooms + step.room] >= 0) {
            return 0;
        }
        for (int32_t r = 0; r < p->rooms; r++) {
            int32_t other = w->cell[slot * p->rooms + r];
            if (other >= 0 && (conflict[other >> 6] >> (other & 63) & 1)) {
                return 0;
            }
        }
    }
    return 1;
}

static void touch(Walk *w, Move *m, Step step) {
    for (int32_t k = 0; step.slot >= 0 && k < w->p->span[step.topic]; k++) {
        int32_t slot = step.slot + k, i = 0;
        while (i < m->touched && m->slots[i] != slot) {
            i++;
        }
        if (i == m->touched) {
            m->slots[m->touched] = slot;
            m->value[m->touched++] = w->value[slot];
        }
    }
}

/* Write down who goes where when the topic comes to a cell; 0 when that is no move. */
static int plan(const Walk *w, Move *m, Step to) {
    const Problem *p = w->p;
    Step from = {to.topic, w->slot[to.topic], w->room[to.topic]};
    m->count = 1;
    m->touched = 0;
    m->to[0] = to;
    m->from[0] = from;
    for (int32_t k = 0; k < p->span[to.topic]; k++) {
        int32_t other = w->cell[(to.slot + k) * p->rooms + to.room];
        if (other < 0 || other == to.topic || m->from[m->count - 1].topic == other) {
            continue;
        }
        int32_t begin = w->slot[other];
        if (begin < to.slot || begin + p->span[other] > to.slot + p->span[to.topic]) {
            return 0; /* a longer session stands there; it moves when its own turn comes */
        }
        m->from[m->count] = (Step){other, begin, to.room};
        m->to[m->count] = (Step){other, from.slot < 0 ? -1 : from.slot + begin - to.slot, from.slot < 0 ? -1 : from.room};
        m->count++;
    }
    int near = from.slot >= 0 && from.room == to.room && abs(from.slot - to.slot) < p->span[to.topic];
    return !(near && m->count > 1) && !(from.slot == to.slot && from.room == to.room);
}

/* Carry the move out on the grid; 0, with everything as before, when a rule forbids it. */
static int carry(Walk *w, Move *m) {
    int32_t done = 0;
    for (int32_t i = 0; i < m->count; i++) {
        put(w, m->from[i], -1);
    }
    while (done < m->count && fits(w, m->to[done])) {
        put(w, m->to[done], m->to[done].topic);
        done++;
    }
    if (done == m->count) {
        return 1;
    }
    while (done > 0) {
        done--;
        put(w, m->to[done], -1);
    }
    for (int32_t i = 0; i < m->count; i++) {
        put(w, m->from[i], m->from[i].topic);
    }
    return 0;
}

static double try_move(Walk *w, Move *m) {
    const Problem *p = w->p;
    double gain = 0;
    size_t row = (size_t)p->rooms * sizeof(int32_t);
    for (int32_t i = 0; i < m->count; i++) {
        touch(w, m, m->from[i]);
        touch(w, m, m->to[i]);
        gain += standing(p, m->to[i].topic, m->to[i].slot, m->to[i].room);
        gain -= standing(p, m->from[i].topic, m->from[i].slot, m->from[i].room);
    }
    for (int32_t i = 0; i < m->touched; i++) {
        int32_t slot = m->slots[i];
        memcpy(w->kept + i * p->rooms, w->price + slot * p->rooms, row);
        w->value[slot] = worth_of(w, slot);
        gain += w->value[slot] - m->value[i];
    }
    return gain;
}

static void keep(Walk *w, const Move *m, double gain) {
    for (int32_t i = 0; i < m->count; i++) {
        w->slot[m->to[i].topic] = m->to[i].slot;
        w->room[m->to[i].topic] = m->to[i].room;
    }
    w->total += gain;
}

static void undo(Walk *w, const Move *m) {
    size_t row = (size_t)w->p->rooms * sizeof(int32_t);
    for (int32_t i = 0; i < m->count; i++) {
        put(w, m->to[i], -1);
    }
    for (int32_t i = 0; i < m->count; i++) {
        put(w, m->from[i], m->from[i].topic);
    }
    for (int32_t i = 0; i < m->touched; i++) {
        memcpy(w->price + m->slots[i] * w->p->rooms, w->kept + i * w->p->rooms, row);
        w->value[m->slots[i]] = m->value[i];
    }
}

static Walk begin(const Problem *p, int32_t *slot, int32_t *room, uint64_t random) {
    size_t cells = (size_t)p->slots * (size_t)p->rooms;
    Walk w = {.p = p, .bench = bench_new(p), .slot = slot, .room = room, .random = random | 1, .total = 0};
    w.cell = malloc((2 * cells + MOST_TOUCHED * (size_t)p->rooms) * sizeof(int32_t));
    w.price = w.cell + cells;
    w.kept = w.price + cells;
    w.value = calloc((size_t)p->slots, sizeof(double));
    w.start = calloc((size_t)p->topics + 1, sizeof(int32_t));
    w.starts = calloc((size_t)p->topics * (size_t)p->slots + 1, sizeof(int32_t));
    memset(w.cell, 0xff, cells * sizeof(int32_t));
    memset(w.price, 0, cells * sizeof(int32_t));
    for (int32_t t = 0; t < p->topics; t++) {
        put(&w, (Step){t, slot[t], room[t]}, t);
        w.total += standing(p, t, slot[t], room[t]);
        w.start[t + 1] = w.start[t];
        for (int32_t s = 0; s < p->slots; s++) {
            if (p->may_start[(int64_t)t * p->slots + s]) {
                w.starts[w.start[t + 1]++] = s;
            }
        }
    }
    for (int32_t s = 0; s < p->slots; s++) {
        w.value[s] = worth_of(&w, s);
        w.total += w.value[s];
    }
    return w;
}

static void end(Walk *w) {
    bench_free(&w->bench);
    free(w->cell);
    free(w->value);
    free(w->start);
    free(w->starts);
}

/* Place what is not placed yet, in the given order, each where it adds most; per slot the first free room of `rooms`
 * is tried. Returns the value of the agenda. */
double solver_fill(const Problem *p, const int32_t *order, const int32_t *rooms, int32_t *slot, int32_t *room) {
    Walk w = begin(p, slot, room, 1);
    for (int32_t i = 0; i < p->topics; i++) {
        int32_t t = order[i];
        Step best = {t, -1, -1};
        double most = -1e300;
        for (int32_t n = w.start[t]; slot[t] < 0 && n < w.start[t + 1]; n++) {
            for (int32_t r = 0; r < p->rooms; r++) {
                Move m = {.count = 1, .touched = 0, .to = {{t, w.starts[n], rooms[r]}}, .from = {{t, -1, -1}}};
                if (!carry(&w, &m)) {
                    continue;
                }
                double gain = try_move(&w, &m);
                undo(&w, &m);
                if (gain > most) {
                    most = gain;
                    best = m.to[0];
                }
                break;
            }
        }
        if (best.slot >= 0) {
            Move m = {.count = 1, .touched = 0, .to = {best}, .from = {{t, -1, -1}}};
            carry(&w, &m);
            keep(&w, &m, try_move(&w, &m));
        }
    }
    double total = w.total;
    end(&w);
    return total;
}

/* Try `moves` moves from temperature `hot` to `cold`. `slot` and `room` are where the walk is, `best_slot` and
 * `best_room` the best place it met (written when better than `best`, whose value is returned). `random` is carried
 * from call to call. `movable` are the topics that have a choice. */
double solver_anneal(const Problem *p, const int32_t *movable, int32_t count, int32_t moves, double hot, double cold,
                     uint64_t *random, int32_t *slot, int32_t *room, int32_t *best_slot, int32_t *best_room, double best) {
    Walk w = begin(p, slot, room, *random);
    double temperature = hot, cooling = moves > 1 ? pow(cold / hot, 1.0 / (moves - 1)) : 1;
    size_t row = (size_t)p->topics * sizeof(int32_t);
    for (int32_t n = 0; count && n < moves; n++, temperature *= cooling) {
        int32_t t = movable[below(&w.random, (uint32_t)count)];
        int32_t choices = w.start[t + 1] - w.start[t];
        int32_t to = w.starts[w.start[t] + (int32_t)below(&w.random, (uint32_t)choices)];
        Move m;
        if (slot[t] >= 0 && below(&w.random, 8) == 0) {
            to = slot[t]; /* another room at the same time */
        }
        if (!plan(&w, &m, (Step){t, to, (int32_t)below(&w.random, (uint32_t)p->rooms)}) || !carry(&w, &m)) {
            continue;
        }
        double gain = try_move(&w, &m);
        if (gain >= 0 || unit(&w.random) < exp(gain / temperature)) {
            keep(&w, &m, gain);
            if (w.total > best + 1e-7) {
                best = w.total;
                memcpy(best_slot, slot, row);
                memcpy(best_room, room, row);
            }
        } else {
            undo(&w, &m);
        }
    }
    *random = w.random;
    end(&w);
    return best;
}
