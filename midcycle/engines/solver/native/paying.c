/* A bound on sets of sessions by paying people: Lagrange's bound for locating facilities (Cornuejols, Fisher, Nemhauser 1977).
 *
 * Each person is paid something first, whatever runs. Then a session is worth what its best seats bring above that, and the
 * best sessions are simply the first ones in line. Payments are improved by steps along the slope (Polyak 1969).
 */
#include <stdlib.h>
#include <string.h>

#include "solver.h"

/* The sum of the `most` largest values (all above 0); changes their order. */
static double sum_of_largest(double *value, int32_t count, int32_t most) {
    int32_t low = 0, high = count - 1;
    double total = 0;
    while (count > most && low < high) { /* Hoare's selection: the largest come first */
        double middle = value[low + (high - low) / 2];
        int32_t i = low, j = high;
        while (i <= j) {
            while (value[i] > middle) {
                i++;
            }
            while (value[j] < middle) {
                j--;
            }
            if (i <= j) {
                double kept = value[i];
                value[i++] = value[j];
                value[j--] = kept;
            }
        }
        if (most - 1 <= j) {
            high = j;
        } else if (most - 1 >= i) {
            low = i;
        } else {
            break;
        }
    }
    for (int32_t n = 0; n < count && n < most; n++) {
        total += value[n];
    }
    return total;
}

/* Score its moderators add at the most when people are paid so: their bonus less what they are owed beyond their vote. */
static double led(const Till *till, int32_t topic, const double *pay) {
    const Problem *p = till->p;
    double cost[2] = {1e300, 1e300}, share = 1.0 / p->span[topic], best = 0;
    for (int32_t v = p->pool_start[topic]; p->wanted[topic] && v < p->pool_start[topic + 1]; v++) {
        int32_t person = p->pool_person[v], kind = p->pool_experienced[v];
        double lost = p->attend * (pay[person] - p->pool_weight[v]);
        if (p->need[(int64_t)topic * p->words + (person >> 6)] >> (person & 63) & 1) {
            lost = 0;
        } else if (!till->here[person]) {
            continue;
        }
        lost = lost > 0 ? lost : 0;
        cost[kind] = lost < cost[kind] ? lost : cost[kind];
    }
    double least = cost[0] < cost[1] ? cost[0] : cost[1];
    best = p->one * share - least > best ? p->one * share - least : best;
    if (p->wanted[topic] > 1 && p->pair * share - cost[0] - cost[1] > best) {
        best = p->pair * share - cost[0] - cost[1];
    }
    return best;
}

/* Score a session adds: its best seats above what people are paid, less what its needed people are paid. */
static double gain_of(const Till *till, int32_t item, const double *pay) {
    const Problem *p = till->p;
    int32_t topic = till->topic[item], count = 0;
    double total = p->own[topic], sum = 0;
    for (int32_t v = p->vote_start[topic]; v < p->vote_start[topic + 1]; v++) {
        double left = p->vote_weight[v] - pay[p->vote_person[v]];
        if (left > 0) {
            sum += left;
            till->scratch[count++] = left;
        }
    }
    total += count > till->seats[item] ? sum_of_largest(till->scratch, count, till->seats[item]) : sum;
    for (int32_t n = p->need_start[topic]; n < p->need_start[topic + 1]; n++) {
        total -= pay[p->need_person[n]];
    }
    return p->attend * total + led(till, topic, pay) + till->reward[item];
}

/* The bound at these payments; sorts the offers by what they add. */
static double bound_at(const Till *till, const int32_t *chosen, int32_t count, const double *pay, Offer *offers, int32_t n) {
    double total = 0;
    for (int32_t q = 0; q < till->p->people; q++) {
        total += till->here[q] ? till->p->attend * pay[q] : 0;
    }
    for (int32_t c = 0; c < count; c++) {
        total += gain_of(till, chosen[c], pay);
    }
    for (int32_t i = 0; i < n; i++) {
        offers[i].gain = gain_of(till, offers[i].item, pay);
    }
    sort_offers(offers, n);
    for (int32_t i = 0; i < n && i < till->rooms - count && offers[i].gain > 0; i++) {
        total += offers[i].gain;
    }
    return total;
}

/* How often each person would be seated by the chosen and the best offers, less once; returns the square of its length. */
static double slope_at(const Till *till, const int32_t *chosen, int32_t count, const double *pay, const Offer *offers, int32_t n) {
    const Problem *p = till->p;
    double length = 0;
    for (int32_t q = 0; q < p->people; q++) {
        till->slope[q] = -1;
    }
    for (int32_t i = -count; i < n && i < till->rooms - count; i++) {
        int32_t item = i < 0 ? chosen[-i - 1] : offers[i].item, topic = till->topic[item], over = 0;
        if (i >= 0 && offers[i].gain <= 0) {
            break;
        }
        for (int32_t v = p->vote_start[topic]; v < p->vote_start[topic + 1]; v++) {
            over += p->vote_weight[v] > pay[p->vote_person[v]];
        }
        double part = over > till->seats[item] ? (double)till->seats[item] / over : 1;
        for (int32_t v = p->vote_start[topic]; v < p->vote_start[topic + 1]; v++) {
            till->slope[p->vote_person[v]] += p->vote_weight[v] > pay[p->vote_person[v]] ? part : 0;
        }
        for (int32_t m = p->need_start[topic]; m < p->need_start[topic + 1]; m++) {
            till->slope[p->need_person[m]] += 1;
        }
    }
    for (int32_t q = 0; q < p->people; q++) {
        if (!till->here[q] || (pay[q] <= 0 && till->slope[q] < 0)) {
            till->slope[q] = 0;
        }
        length += till->slope[q] * till->slope[q];
    }
    return length;
}

int32_t sift(Till *till, const int32_t *chosen, int32_t count, const uint64_t *held, double still, Offer *offers, int32_t n,
             double barrier, int32_t steps, double *bound) {
    const Problem *p = till->p;
    size_t row = (size_t)p->people * sizeof(double);
    double *pay = till->pay + (int64_t)count * p->people, *trial = till->trial, factor = 1;
    if (count) {
        memcpy(pay, pay - p->people, row);
    }
    for (int32_t q = 0; q < p->people; q++) {
        if (held[q >> 6] >> (q & 63) & 1) {
            pay[q] = p->levels; /* needed by a chosen session: nobody else gets them */
        }
    }
    double best = still + bound_at(till, chosen, count, pay, offers, n), now = best;
    memcpy(trial, pay, row);
    for (int32_t step = 0; step < steps && best > barrier; step++) {
        double length = slope_at(till, chosen, count, trial, offers, n);
        if (length < 1e-9) {
            break;
        }
        double size = factor * (now - barrier) / (length * p->attend);
        for (int32_t q = 0; q < p->people; q++) {
            double to = trial[q] + size * till->slope[q];
            trial[q] = !till->here[q] ? trial[q] : to < 0 ? 0 : to > p->levels ? p->levels : to;
        }
        now = still + bound_at(till, chosen, count, trial, offers, n);
        factor = now < best - 1e-9 ? factor : 0.7 * factor;
        if (now < best - 1e-9) {
            best = now;
            memcpy(pay, trial, row);
        }
    }
    *bound = best;
    if (best <= barrier) {
        return 0;
    }
    best = still + bound_at(till, chosen, count, pay, offers, n);
    int32_t left = till->rooms - count;
    double last = n >= left && offers[left - 1].gain > 0 ? offers[left - 1].gain : 0;
    while (n > 0 && best - last + offers[n - 1].gain <= barrier) {
        n--;
    }
    return n;
}

Till till_new(const Problem *p, int32_t slot, int32_t rooms, const int32_t *topic, const double *reward, const int32_t *seats) {
    size_t people = (size_t)p->people + 1;
    Till t = {.p = p, .slot = slot, .rooms = rooms, .topic = topic, .reward = reward, .seats = seats};
    t.pay = calloc(((size_t)rooms + 4) * people, sizeof(double));
    t.trial = t.pay + ((size_t)rooms + 1) * people;
    t.slope = t.trial + people;
    t.scratch = t.slope + people;
    t.here = malloc(people);
    for (int32_t q = 0; q < p->people; q++) {
        t.here[q] = p->present[(int64_t)slot * p->words + (q >> 6)] >> (q & 63) & 1;
        t.pay[q] = t.here[q] ? 0 : p->levels + 1;
    }
    return t;
}

void till_free(Till *till) {
    free(till->pay);
    free(till->here);
}
