package dev.oriel.capture.x11;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a display cannot do, logged once however often it is opened. */
final class Notices {

    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    private final Set<String> told = new HashSet<>();

    void tell(String notice) {
        if (told.add(notice)) {
            log.info(notice);
        }
    }
}
