package dev.oriel.cache;

/** Why a frame was dropped. */
public enum CacheEviction {
    /** To make room for a newer one. */
    ROOM,
    /** The budget became smaller. */
    RESIZE,
    /** There were more frames than the Java heap bears. */
    COUNT,
    /** It was history for too long. */
    AGE,
    /** Its space is gone. */
    SPACE
}
