package dev.oriel.benchmarks.simulator;

import dev.oriel.benchmarks.simulator.Session.Change;
import dev.oriel.capture.Quality;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/*
 * All numbers are big-endian. The number of sessions; for each its name, the number of contents and the bytes of each, the
 * number of changes and for each: milliseconds, quality, number of stripes, number of those that changed since the frame
 * before in the same quality, and for each of these its index and its content.
 */
/** Sessions as a file: what changed from frame to frame, compressed. */
public final class SessionFile {

    /** Where the recorded sessions lie on the class path. */
    public static final String RESOURCE = "sessions.gz";

    private SessionFile() {}

    /**
     * Reads the sessions that were recorded.
     *
     * @return in the order in which they were written
     * @throws IOException if they are not there or broken
     */
    public static List<Session> recorded() throws IOException {
        try (InputStream resource = SessionFile.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException("there is no " + RESOURCE + " beside " + SessionFile.class.getName());
            }
            return read(resource);
        }
    }

    /**
     * Writes sessions.
     *
     * @param sessions what to write
     * @param file stays open
     * @throws IOException if it cannot be written
     */
    public static void write(List<Session> sessions, OutputStream file) throws IOException {
        GZIPOutputStream compressed = new GZIPOutputStream(file);
        DataOutputStream data = new DataOutputStream(compressed);
        data.writeInt(sessions.size());
        for (Session session : sessions) {
            write(session, data);
        }
        data.flush();
        compressed.finish();
    }

    static List<Session> read(InputStream file) throws IOException {
        DataInputStream data = new DataInputStream(new GZIPInputStream(file));
        List<Session> sessions = new ArrayList<>();
        for (int left = data.readInt(); left > 0; left--) {
            sessions.add(readSession(data));
        }
        return sessions;
    }

    private static void write(Session session, DataOutputStream data) throws IOException {
        data.writeUTF(session.name());
        data.writeInt(session.bytes().length);
        for (int bytes : session.bytes()) {
            data.writeInt(bytes);
        }
        data.writeInt(session.changes().size());
        Map<Quality, int[]> before = new EnumMap<>(Quality.class);
        for (Change change : session.changes()) {
            write(change, before.getOrDefault(change.quality(), new int[0]), data);
            before.put(change.quality(), change.contents());
        }
    }

    private static void write(Change change, int[] before, DataOutputStream data) throws IOException {
        int[] contents = change.contents();
        List<Integer> changed = new ArrayList<>();
        for (int index = 0; index < contents.length; index++) {
            if (index >= before.length || contents[index] != before[index]) {
                changed.add(index);
            }
        }
        data.writeInt(change.millis());
        data.writeByte(change.quality().ordinal());
        data.writeShort(contents.length);
        data.writeShort(changed.size());
        for (int index : changed) {
            data.writeShort(index);
            data.writeInt(contents[index]);
        }
    }

    private static Session readSession(DataInputStream data) throws IOException {
        String name = data.readUTF();
        int[] bytes = new int[data.readInt()];
        for (int content = 0; content < bytes.length; content++) {
            bytes[content] = data.readInt();
        }
        List<Change> changes = new ArrayList<>();
        Map<Quality, int[]> before = new EnumMap<>(Quality.class);
        for (int left = data.readInt(); left > 0; left--) {
            Change change = readChange(data, before);
            before.put(change.quality(), change.contents());
            changes.add(change);
        }
        return new Session(name, bytes, changes);
    }

    private static Change readChange(DataInputStream data, Map<Quality, int[]> before) throws IOException {
        int millis = data.readInt();
        Quality quality = Quality.values()[data.readByte()];
        int stripes = data.readShort();
        int[] old = before.getOrDefault(quality, new int[0]);
        int[] contents = new int[stripes];
        System.arraycopy(old, 0, contents, 0, Math.min(old.length, stripes));
        for (int left = data.readShort(); left > 0; left--) {
            int index = data.readShort();
            contents[index] = data.readInt();
        }
        return new Change(millis, quality, contents);
    }
}
