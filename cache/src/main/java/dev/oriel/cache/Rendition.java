package dev.oriel.cache;

import dev.oriel.capture.Frame;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;

/** What frames are found by. */
record Rendition(SpaceId space, Quality quality) {

    static Rendition of(Frame frame) {
        return new Rendition(frame.space(), frame.quality());
    }
}
