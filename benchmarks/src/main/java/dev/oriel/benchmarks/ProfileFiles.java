package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Where a profile is written to: a JSON file and an HTML page of the same name. */
final class ProfileFiles {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss");

    private final Path json;
    private final Path page;

    private ProfileFiles(Path json, Path page) {
        this.json = json;
        this.page = page;
    }

    /**
     * Makes the folder and tries whether it can be written to.
     *
     * @param startedAt tells the name
     * @throws BenchmarkFailedException that says what to do if it cannot
     */
    static ProfileFiles in(Path folder, Instant startedAt, ZoneId zone) {
        String name = "memory_profile_" + TIMESTAMP.format(startedAt.atZone(zone));
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, name, ".tmp"));
            return new ProfileFiles(folder.resolve(name + ".json"), folder.resolve(name + ".html"));
        } catch (IOException e) {
            throw new BenchmarkFailedException(
                    "cannot write to " + folder + " (" + reason(e) + "); choose another folder with --output");
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "that is no folder";
        }
        if (failure instanceof NoSuchFileException) {
            return "it cannot be made";
        }
        String told = failure instanceof FileSystemException wrong ? wrong.getReason() : null;
        return told == null ? failure.toString() : told;
    }

    /** Writes both, over what was written before; neither is ever half written. */
    void write(MemoryProfileReport report) throws IOException {
        replace(json, report.json());
        replace(page, new ProfilePage(report).html());
    }

    private static void replace(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text, StandardCharsets.UTF_8);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    Path json() {
        return json;
    }

    Path page() {
        return page;
    }
}
