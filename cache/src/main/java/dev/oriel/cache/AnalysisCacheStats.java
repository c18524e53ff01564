package dev.oriel.cache;

/**
 * What an {@link AnalysisCache} holds now and what became of the questions asked since its start.
 *
 * @param budgetBytes the budget in force
 * @param chargedBytes what counts against it: answers, and what is kept to find them
 * @param entries answers kept
 * @param running calls that have begun and not ended
 * @param exactHits answered at once, because the very same picture was known
 * @param similarHits answered at once, because a picture that looks alike was known
 * @param joined waited for a call that ran already
 * @param misses began a call
 * @param failures calls that ended with an error
 * @param abandoned calls that were cancelled, because nobody waited for them any more
 * @param evictions answers dropped to keep the budget
 * @param expired answers dropped because of their age
 * @param tooHeavy answers given and not kept, because they are larger than the whole budget
 */
public record AnalysisCacheStats(
        long budgetBytes,
        long chargedBytes,
        int entries,
        int running,
        long exactHits,
        long similarHits,
        long joined,
        long misses,
        long failures,
        long abandoned,
        long evictions,
        long expired,
        long tooHeavy) {}
