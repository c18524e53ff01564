package dev.oriel.cache;

import dev.oriel.capture.FrameInfo;

/**
 * One picture of a space that is kept.
 *
 * @param info what it shows and when
 * @param sizeBytes the length of the whole JPEG
 * @param newBytes the part of it that differs from the picture kept before it: how much had changed; all of it if there is
 *     none before
 */
public record HistoryEntry(FrameInfo info, int sizeBytes, int newBytes) {}
