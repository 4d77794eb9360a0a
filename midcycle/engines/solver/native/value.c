/* The value of one slot: seats by prices (the dual of a transportation problem), moderators on top. */
#include <stdlib.h>
#include <string.h>

#include "solver.h"

Bench bench_new(const Problem *p) {
    size_t words = (size_t)p->words, many = words * (size_t)p->levels;
    Bench b;
    b.top = calloc(3 * many + 2 * words + many * ((size_t)p->rooms + 1), sizeof(uint64_t));
    b.rest = b.top + many;
    b.base = b.rest + many;
    b.mask = b.base + many;
    b.held = b.mask + words;
    b.after = b.held + words;
    return b;
}

void bench_free(Bench *b) {
    free(b->top);
}

int32_t most_seats(const Problem *p, int32_t topic, const Ladder *ladder) {
    int32_t most = ladder->count ? ladder->size[0] : 0;
    int32_t comfort = p->comfort[topic];
    return (comfort < most ? comfort : most) - p->needed[topic];
}

/* Seats paid for at these prices when the rooms are handed out as well as can be, or a little better: between two
 * sizes of rooms, as many sessions as there are larger rooms may have the seats. */
static int64_t ladder_seats(const Problem *p, const Slotful *s, const Ladder *ladder) {
    int32_t dear[MOST_ROOMS], count = 0;
    int64_t total = 0;
    for (int32_t i = 0; i < s->count; i++) {
        if (s->price[i] > 0) {
            dear[count++] = i;
            total -= (int64_t)s->price[i] * p->needed[s->topics[i]];
        }
    }
    if (!count) {
        return 0;
    }
    for (int32_t j = 0; j < ladder->count; j++) {
        int32_t high = ladder->size[j], low = j + 1 < ladder->count ? ladder->size[j + 1] : 0;
        int64_t part[MOST_ROOMS];
        int32_t parts = 0;
        for (int32_t d = 0; d < count && high > low; d++) {
            int32_t comfort = p->comfort[s->topics[dear[d]]];
            int32_t length = (comfort < high ? comfort : high) - low;
            if (length > 0) {
                part[parts++] = (int64_t)length * s->price[dear[d]];
            }
        }
        for (int32_t n = 0; n <= j && n < parts; n++) { /* the j + 1 largest */
            int32_t best = n;
            for (int32_t d = n + 1; d < parts; d++) {
                best = part[d] > part[best] ? d : best;
            }
            int64_t largest = part[best];
            part[best] = part[n];
            part[n] = largest;
            total += largest;
        }
    }
    return total;
}

static int64_t paid(const Problem *p, const Slotful *s, const Ladder *ladder) {
    if (ladder) {
        return ladder_seats(p, s, ladder);
    }
    int64_t total = 0;
    for (int32_t i = 0; i < s->count; i++) {
        total += (int64_t)s->price[i] * s->limit[i];
    }
    return total;
}

/* Add to `out` those whom a session takes at its price. */
static void join(const Problem *p, int32_t topic, int32_t price, uint64_t *out) {
    int32_t many = (p->levels - price) * p->words;
    if (many > 0) {
        const uint64_t *level = level_of(p, topic, price);
        for (int32_t n = 0; n < many; n++) {
            out[n] |= level[n];
        }
    }
}

static int64_t counted(const Problem *p, const uint64_t *taken, const uint64_t *mask) {
    int64_t total = 0;
    for (int32_t k = 0; k < p->levels; k++) {
        for (int32_t w = 0; w < p->words; w++) {
            total += __builtin_popcountll(taken[k * p->words + w] & mask[w]);
        }
    }
    return total;
}

/* The same with one more session at a price, without writing it down. */
static int64_t counted_with(const Problem *p, int32_t topic, int32_t price, const uint64_t *rest, const uint64_t *mask) {
    int32_t words = p->words;
    int64_t total = 0;
    for (int32_t k = 0; k < p->levels; k++, rest += words) {
        if (k + price < p->levels) {
            const uint64_t *level = level_of(p, topic, k + price);
            for (int32_t w = 0; w < words; w++) {
                total += __builtin_popcountll((rest[w] | level[w]) & mask[w]);
            }
        } else {
            for (int32_t w = 0; w < words; w++) {
                total += __builtin_popcountll(rest[w] & mask[w]);
            }
        }
    }
    return total;
}

/* Try the prices next to the present one while the others keep theirs; return the best total. */
static int64_t reprice(const Problem *p, const Slotful *s, const Ladder *ladder, int32_t i, int64_t best, const Bench *b) {
    int32_t now = s->price[i];
    for (int32_t step = -1; step <= 1 && s->price[i] == now; step += 2) {
        for (int32_t price = now + step; price >= 0 && price <= p->levels; price += step) {
            s->price[i] = price;
            int64_t total = counted_with(p, s->topics[i], price, b->rest, b->mask) + paid(p, s, ladder);
            if (total >= best) {
                s->price[i] = price - step;
                break;
            }
            best = total;
        }
    }
    return best;
}

/* One round of `reprice` over the sessions that may be too full. Those after a session are kept joined in `after`, those
 * before it in `top`. */
static int64_t round_of(const Problem *p, const Slotful *s, const Ladder *ladder, const int32_t *tight, int32_t count,
                        int64_t best, Bench *b) {
    int32_t many = p->levels * p->words;
    size_t bytes = (size_t)many * sizeof(uint64_t);
    memset(b->after + (int64_t)count * many, 0, bytes);
    for (int32_t i = count - 1; i > 0; i--) {
        memcpy(b->after + (int64_t)i * many, b->after + (int64_t)(i + 1) * many, bytes);
        join(p, s->topics[tight[i]], s->price[tight[i]], b->after + (int64_t)i * many);
    }
    memcpy(b->top, b->base, bytes);
    for (int32_t i = 0; i < count; i++) {
        const uint64_t *after = b->after + (int64_t)(i + 1) * many;
        for (int32_t n = 0; n < many; n++) {
            b->rest[n] = b->top[n] | after[n];
        }
        best = reprice(p, s, ladder, tight[i], best, b);
        join(p, s->topics[tight[i]], s->price[tight[i]], b->top);
    }
    return best;
}

static int may_be_full(const Problem *p, int32_t topic, int32_t limit, const Ladder *ladder) {
    if (ladder) {
        int32_t least = ladder->count ? ladder->size[ladder->count - 1] : 0;
        limit = (p->comfort[topic] < least ? p->comfort[topic] : least) - p->needed[topic];
    }
    return p->fans[topic] > limit;
}

static void gather(const Problem *p, const Slotful *s, const int32_t *tight, int32_t count, const Bench *b) {
    memcpy(b->top, b->base, (size_t)(p->levels * p->words) * sizeof(uint64_t));
    for (int32_t i = 0; i < count; i++) {
        join(p, s->topics[tight[i]], s->price[tight[i]], b->top);
    }
}

/* Let the prices of full sessions fall or rise one by one, all of them from the same price at first. */
static int64_t settle(const Problem *p, const Slotful *s, const Ladder *ladder, const int32_t *tight, int32_t count,
                      int32_t from, Bench *b) {
    for (int32_t i = 0; i < count; i++) {
        s->price[tight[i]] = from;
    }
    gather(p, s, tight, count, b);
    int64_t best = counted(p, b->top, b->mask) + paid(p, s, ladder), before = best + 1;
    while (count && best < before) {
        before = best;
        best = round_of(p, s, ladder, tight, count, best, b);
    }
    return best;
}

int64_t attended(const Problem *p, const Slotful *s, const Ladder *ladder, Bench *b) {
    int32_t tight[MOST_ROOMS], count = 0;
    int64_t own = 0;
    size_t bytes = (size_t)(p->levels * p->words) * sizeof(uint64_t);
    memset(b->held, 0, (size_t)p->words * sizeof(uint64_t));
    memset(b->base, 0, bytes);
    for (int32_t i = 0; i < s->count; i++) {
        int32_t topic = s->topics[i];
        const uint64_t *need = p->need + (int64_t)topic * p->words;
        for (int32_t w = 0; p->needed[topic] && w < p->words; w++) {
            b->held[w] |= need[w];
        }
        own += p->own[topic];
        if (may_be_full(p, topic, ladder ? 0 : s->limit[i], ladder)) {
            tight[count++] = i;
        } else {
            s->price[i] = 0;
            join(p, topic, 0, b->base);
        }
    }
    for (int32_t w = 0; w < p->words; w++) {
        b->mask[w] = p->present[(int64_t)s->slot * p->words + w] & ~b->held[w];
    }
    int64_t best = settle(p, s, ladder, tight, count, 0, b);
    if (count) {
        int32_t kept[MOST_ROOMS];
        for (int32_t i = 0; i < count; i++) {
            kept[i] = s->price[tight[i]];
        }
        int64_t other = settle(p, s, ladder, tight, count, 1, b);
        if (other < best) {
            return own + other;
        }
        for (int32_t i = 0; i < count; i++) {
            s->price[tight[i]] = kept[i];
        }
        gather(p, s, tight, count, b);
    }
    return own + best;
}

/* What the person has in the slot at these prices, in scaled votes. */
static int32_t best_of(const Problem *p, const Bench *b, int32_t person) {
    int32_t word = person >> 6, level = 0;
    uint64_t bit = 1ULL << (person & 63);
    while (level < p->levels && (b->top[level * p->words + word] & bit)) {
        level++;
    }
    return level;
}

/* What moderators add to one session: as a pair or alone (`value`), what without a pair (`alone`), and the only person of
 * their kind a pair depends on (-1: there are others). */
typedef struct {
    double value, alone;
    int32_t only;
} Lead;

static Lead lead_of(const Problem *p, const Slotful *s, const Bench *b, int32_t i) {
    const double never = 1e300;
    int32_t topic = s->topics[i], many[2] = {0, 0}, who[2] = {-1, -1};
    double cost[2] = {never, never}, share = 1.0 / p->span[topic];
    for (int32_t v = p->pool_start[topic]; v < p->pool_start[topic + 1]; v++) {
        int32_t person = p->pool_person[v], kind = p->pool_experienced[v], word = person >> 6;
        uint64_t bit = 1ULL << (person & 63);
        double lost = 0;
        if (!(p->need[(int64_t)topic * p->words + word] & bit)) {
            if (!(b->mask[word] & bit)) {
                continue;
            }
            lost = p->attend * (best_of(p, b, person) - p->pool_weight[v] + s->price[i]);
        }
        many[kind]++;
        who[kind] = person;
        cost[kind] = lost < cost[kind] ? lost : cost[kind];
    }
    double least = cost[0] < cost[1] ? cost[0] : cost[1];
    Lead lead = {0, p->one * share - least > 0 ? p->one * share - least : 0, -1};
    lead.value = lead.alone;
    if (p->wanted[topic] > 1 && p->pair * share - cost[0] - cost[1] > lead.alone) {
        lead.value = p->pair * share - cost[0] - cost[1];
        lead.only = many[1] == 1 ? who[1] : many[0] == 1 ? who[0] : -1;
    }
    return lead;
}

double moderated(const Problem *p, const Slotful *s, const Bench *b) {
    Lead lead[MOST_ROOMS];
    double total = 0;
    for (int32_t i = 0; i < s->count; i++) {
        lead[i] = p->wanted[s->topics[i]] > 0 ? lead_of(p, s, b, i) : (Lead){0, 0, -1};
        total += lead[i].value;
        for (int32_t j = 0; j < i && lead[i].only >= 0; j++) { /* the same person leads one of them only */
            if (lead[j].only == lead[i].only) {
                double one = lead[i].value - lead[i].alone, other = lead[j].value - lead[j].alone;
                Lead *less = one < other ? &lead[i] : &lead[j];
                total -= one < other ? one : other;
                less->value = less->alone;
                less->only = -1;
                break;
            }
        }
    }
    return total;
}

int32_t clashes(const Problem *p, const Slotful *s) {
    int32_t total = 0;
    for (int32_t i = 1; i < s->count; i++) {
        for (int32_t j = 0; j < i; j++) {
            if (p->track[s->topics[i]] == p->track[s->topics[j]]) {
                total++;
                break;
            }
        }
    }
    return total;
}
