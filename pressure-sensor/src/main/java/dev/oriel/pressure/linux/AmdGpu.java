package dev.oriel.pressure.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A card of which the amdgpu driver tells in files. */
final class AmdGpu implements Gpu {
    private final String name;
    private final KernelFile totalFile;
    private final KernelFile usedFile;
    private final KernelText text;
    private long totalBytes;
    private long usedBytes;

    private AmdGpu(Path card, KernelText text) {
        name = String.valueOf(card.getFileName());
        totalFile = new KernelFile(card.resolve("device/mem_info_vram_total"));
        usedFile = new KernelFile(card.resolve("device/mem_info_vram_used"));
        this.text = text;
    }

    /** All such cards, by name. */
    static List<Gpu> find(Path root, KernelText text) throws IOException {
        Path cards = root.resolve("sys/class/drm");
        List<Gpu> found = new ArrayList<>();
        if (Files.isDirectory(cards)) {
            // Connectors such as card0-DP-1 stand beside the cards.
            try (DirectoryStream<Path> directories = Files.newDirectoryStream(cards, "card*")) {
                for (Path card : directories) {
                    if (Files.exists(card.resolve("device/mem_info_vram_total")) && !isConnector(card)) {
                        found.add(new AmdGpu(card, text));
                    }
                }
            }
        }
        found.sort(Comparator.comparing(Gpu::name));
        return found;
    }

    private static boolean isConnector(Path card) {
        return String.valueOf(card.getFileName()).contains("-");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void look() throws IOException {
        totalBytes = totalFile.read(text).number();
        usedBytes = usedFile.read(text).number();
    }

    @Override
    public long usedBytes() {
        return usedBytes;
    }

    @Override
    public long totalBytes() {
        return totalBytes;
    }

    @Override
    public void close() throws IOException {
        totalFile.close();
        usedFile.close();
    }
}
