/* The best choice of columns that covers every topic once: exact cover by depth-first search within a budget of losses.
 *
 * A column loses what its topics' prices and its slot's price exceed its value; a plan is the bound minus its losses. So
 * a plan better than the best one has small losses only, and most columns never fit together within the budget.
 */
#include <stdlib.h>
#include <string.h>

#include "solver.h"

typedef struct {
    int32_t topics, words, count, kinds, depth;
    const uint64_t *mask;       /* [count][words] */
    const int32_t *kind;        /* -1: leaves one topic out and needs no slot */
    const double *loss;
    const uint64_t *ban;        /* [count] choices that were tried already: a bit for each a column belongs to */
    int32_t *left;              /* [kinds] slots not used yet */
    const double *idle;         /* [kinds] loss of a slot that stays empty */
    double budget, step;
    int64_t nodes, most_nodes;
    int32_t *live;              /* [depth + 1][count] */
    uint64_t *open;             /* [depth + 1][words] topics not covered yet */
    double *share;              /* [topics] */
    int32_t *ways;              /* [topics] */
    double *least;              /* [kinds] */
    int32_t *path, *best, best_count;
    const volatile int32_t *stop;
} Cover;

static const double NONE = 1e300;

/* What the open topics and the empty slots lose at the least; chooses the topic with the fewest columns. */
static double least_loss(Cover *c, const int32_t *live, int32_t many, const uint64_t *open, int32_t *topic) {
    double by_topic = 0, by_kind = 0;
    for (int32_t k = 0; k < c->kinds; k++) {
        c->least[k] = c->idle[k];
    }
    for (int32_t t = 0; t < c->topics; t++) {
        c->share[t] = NONE;
        c->ways[t] = 0;
    }
    for (int32_t n = 0; n < many; n++) {
        const uint64_t *mask = c->mask + (int64_t)live[n] * c->words;
        int32_t size = 0, kind = c->kind[live[n]];
        double loss = c->loss[live[n]];
        if (kind >= 0 && loss < c->least[kind]) {
            c->least[kind] = loss;
        }
        for (int32_t w = 0; w < c->words; w++) {
            size += __builtin_popcountll(mask[w]);
        }
        for (int32_t w = 0; w < c->words; w++) {
            for (uint64_t bits = mask[w]; bits; bits &= bits - 1) {
                int32_t t = w * 64 + __builtin_ctzll(bits);
                c->ways[t]++;
                c->share[t] = loss / size < c->share[t] ? loss / size : c->share[t];
            }
        }
    }
    *topic = -1;
    for (int32_t t = 0; t < c->topics; t++) {
        if (open[t >> 6] >> (t & 63) & 1) {
            by_topic += c->share[t];
            *topic = *topic < 0 || c->ways[t] < c->ways[*topic] ? t : *topic;
        }
    }
    for (int32_t k = 0; k < c->kinds; k++) {
        by_kind += c->left[k] * c->least[k];
    }
    return by_topic > by_kind ? by_topic : by_kind;
}

static int apart(const Cover *c, int32_t one, int32_t other) {
    for (int32_t w = 0; w < c->words; w++) {
        if (c->mask[(int64_t)one * c->words + w] & c->mask[(int64_t)other * c->words + w]) {
            return 0;
        }
    }
    return 1;
}

static void cover(Cover *c, int32_t depth, int32_t many, double lost) {
    int32_t topic, *live = c->live + (int64_t)depth * c->count, *next = live + c->count;
    uint64_t *open = c->open + (int64_t)depth * c->words;
    double least = least_loss(c, live, many, open, &topic);
    c->nodes++;
    if (topic < 0) {
        double total = lost;
        for (int32_t k = 0; k < c->kinds; k++) {
            total += c->left[k] * c->idle[k];
        }
        uint64_t banned = depth ? ~0ULL : 0;
        for (int32_t n = 0; n < depth; n++) {
            banned &= c->ban[c->path[n]];
        }
        if (total <= c->budget && !banned) {
            c->budget = total - c->step;
            c->best_count = depth;
            memcpy(c->best, c->path, (size_t)depth * sizeof(int32_t));
        }
        return;
    }
    if (lost + least > c->budget || depth == c->depth) {
        return;
    }
    for (int32_t n = 0; n < many && c->nodes < c->most_nodes && !*c->stop; n++) {
        int32_t column = live[n], kind = c->kind[column], kept = 0;
        const uint64_t *mask = c->mask + (int64_t)column * c->words;
        if (!(mask[topic >> 6] >> (topic & 63) & 1) || lost + c->loss[column] > c->budget) {
            continue;
        }
        if (kind >= 0) {
            c->left[kind]--;
        }
        for (int32_t m = 0; m < many; m++) {
            int32_t other = live[m];
            int room = c->kind[other] < 0 || c->left[c->kind[other]] > 0;
            if (room && apart(c, column, other) && lost + c->loss[column] + c->loss[other] <= c->budget) {
                next[kept++] = other;
            }
        }
        for (int32_t w = 0; w < c->words; w++) {
            open[c->words + w] = open[w] & ~mask[w];
        }
        c->path[depth] = column;
        cover(c, depth + 1, kept, lost + c->loss[column]);
        if (kind >= 0) {
            c->left[kind]++;
        }
    }
}

/* Find the columns that cover each topic exactly once, at most `left` of each kind, with the least loss not above
 * `budget`. Columns come by rising loss. Only choices that are better
 * by `step` than the last one are taken. Returns how many were chosen (-1: there is no such choice, or none was found
 * before the nodes ran out: `*nodes` reaches `most_nodes` then), written to `chosen`. */
int32_t solver_cover(int32_t topics, int32_t count, const uint64_t *mask, const int32_t *kind, const double *loss,
                     const uint64_t *ban, int32_t kinds, int32_t *left, const double *idle, int32_t depth, double *budget, double step, int64_t most_nodes,
                     int32_t *chosen, int64_t *nodes, const volatile int32_t *stop) {
    int32_t words = (topics + 63) / 64;
    Cover c = {.topics = topics, .words = words, .count = count, .kinds = kinds, .depth = depth, .mask = mask, .kind = kind,
               .loss = loss, .ban = ban, .left = left, .idle = idle, .budget = *budget, .step = step, .most_nodes = most_nodes, .best = chosen,
               .best_count = -1, .stop = stop};
    c.live = malloc(((size_t)depth + 2) * (size_t)(count + 1) * sizeof(int32_t));
    c.open = calloc(((size_t)depth + 2) * (size_t)words, sizeof(uint64_t));
    c.share = malloc((size_t)(topics + kinds) * sizeof(double));
    c.least = c.share + topics;
    c.ways = malloc(((size_t)topics + (size_t)depth + 1) * sizeof(int32_t));
    c.path = c.ways + topics;
    for (int32_t n = 0; n < count; n++) {
        c.live[n] = n;
    }
    for (int32_t t = 0; t < topics; t++) {
        c.open[t >> 6] |= 1ULL << (t & 63);
    }
    cover(&c, 0, count, 0);
    *budget = c.budget;
    *nodes = c.nodes;
    free(c.live);
    free(c.open);
    free(c.share);
    free(c.ways);
    return c.best_count;
}
