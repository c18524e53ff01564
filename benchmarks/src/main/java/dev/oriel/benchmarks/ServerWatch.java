package dev.oriel.benchmarks;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Notices at once what would make figures worthless: a server, a display or a subscriber that is gone. */
record ServerWatch(ProfiledServer server, ProfileScene scene) {

    private static final Set<String> GONE = Set.of("lost", "denied");

    /**
     * Checks that all is there.
     *
     * @throws BenchmarkFailedException that names what is not
     */
    void requireWhole() throws InterruptedException {
        server.requireAlive();
        scene.requireWhole();
        for (JsonNode space : server.spaces()) {
            String state = space.path("state").asString();
            if (GONE.contains(state)) {
                throw new BenchmarkFailedException(space.path("label").asString() + " is " + state + ": "
                        + space.path("reason").asString());
            }
        }
    }
}
