package dev.oriel.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/*
 * Not Caffeine: its admission may turn away the answer that was just paid for, and it goes over its bound for a moment.
 * See docs/adr/0008.
 */
/**
 * Finds analyses by the bytes of their picture or by topic, and decides which answers stay: those used last, within the
 * budget and the TTL. Guarded by the lock of the cache.
 */
final class AnalysisIndex<T> {

    private final Map<PictureKey, Analysis<T>> byKey = new HashMap<>();
    private final Map<Topic, Set<Analysis<T>>> byTopic = new HashMap<>();
    private final Set<Analysis<T>> byUse = new LinkedHashSet<>();
    private final Set<Analysis<T>> byAge = new LinkedHashSet<>();
    private final long ttlNanos;
    private long budgetBytes;

    long chargedBytes;
    long evictions;
    long expired;
    long tooHeavy;

    AnalysisIndex(long budgetBytes, Duration ttl) {
        this.budgetBytes = budgetBytes;
        this.ttlNanos = ttl.toNanos();
    }

    Optional<Analysis<T>> find(PictureKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** All about a topic, running and answered, in the order in which they began. */
    List<Analysis<T>> about(Topic topic) {
        return new ArrayList<>(byTopic.getOrDefault(topic, Set.of()));
    }

    boolean contains(Analysis<T> analysis) {
        return byTopic.getOrDefault(analysis.topic, Set.of()).contains(analysis);
    }

    void add(Analysis<T> analysis, PictureKey key) {
        byTopic.computeIfAbsent(analysis.topic, topic -> new LinkedHashSet<>()).add(analysis);
        alsoKnownBy(analysis, key);
    }

    /** Next time the same bytes need not be decoded. */
    void alsoKnownBy(Analysis<T> analysis, PictureKey key) {
        if (byKey.putIfAbsent(key, analysis) != null) {
            return;
        }
        if (analysis.keys.size() == Analysis.MOST_KEYS) {
            byKey.remove(analysis.keys.removeFirst());
        }
        analysis.keys.addLast(key);
    }

    /** Makes the last one to be given up. */
    void used(Analysis<T> analysis) {
        byUse.remove(analysis);
        byUse.add(analysis);
    }

    /** Keeps the answer of an analysis that was added, unless it is larger than the whole budget. */
    void keep(Analysis<T> analysis, T answer, int answerBytes, long nowNanos) {
        long bytes = analysis.bytesWith(answerBytes);
        if (bytes > budgetBytes) {
            tooHeavy++;
            remove(analysis);
            return;
        }
        evictTo(budgetBytes - bytes);
        chargedBytes += bytes;
        analysis.answer = answer;
        analysis.chargedBytes = bytes;
        analysis.keptAtNanos = nowNanos;
        byUse.add(analysis);
        byAge.add(analysis);
    }

    void resize(long newBudgetBytes) {
        budgetBytes = newBudgetBytes;
        evictTo(budgetBytes);
    }

    void expire(long nowNanos) {
        Iterator<Analysis<T>> oldest = byAge.iterator();
        while (oldest.hasNext()) {
            Analysis<T> analysis = oldest.next();
            if (nowNanos - analysis.keptAtNanos < ttlNanos) {
                return;
            }
            oldest.remove();
            remove(analysis);
            expired++;
        }
    }

    private void evictTo(long mostBytes) {
        Iterator<Analysis<T>> usedLongAgo = byUse.iterator();
        while (chargedBytes > mostBytes) {
            Analysis<T> analysis = usedLongAgo.next();
            usedLongAgo.remove();
            remove(analysis);
            evictions++;
        }
    }

    void remove(Analysis<T> analysis) {
        byUse.remove(analysis);
        byAge.remove(analysis);
        analysis.keys.forEach(byKey::remove);
        byTopic.computeIfPresent(analysis.topic, (topic, all) -> {
            all.remove(analysis);
            return all.isEmpty() ? null : all;
        });
        chargedBytes -= analysis.chargedBytes;
        analysis.chargedBytes = 0;
    }

    List<Analysis<T>> removeAll() {
        List<Analysis<T>> all = byTopic.values().stream().flatMap(Set::stream).toList();
        all.forEach(this::remove);
        return all;
    }

    long budgetBytes() {
        return budgetBytes;
    }

    int answers() {
        return byUse.size();
    }
}
