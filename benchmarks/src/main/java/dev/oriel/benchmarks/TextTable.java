package dev.oriel.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text in columns that are as wide as their widest cell. A column in which nothing stands is left out. */
final class TextTable {

    /** Where the text of a column stands. */
    enum Align {
        LEFT,
        RIGHT
    }

    private static final String GAP = "  ";

    private final List<Align> columns;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(Align... columns) {
        this.columns = List.of(columns);
    }

    void add(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("there are " + columns.size() + " columns, not " + cells.length);
        }
        rows.add(List.of(cells));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        int[] filled = IntStream.range(0, columns.size())
                .filter(column -> width(column) > 0)
                .toArray();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column : filled) {
                String space = " ".repeat(width(column) - row.get(column).length());
                boolean left = columns.get(column) == Align.LEFT;
                line.append(line.isEmpty() ? "" : GAP)
                        .append(left ? "" : space)
                        .append(row.get(column))
                        .append(left ? space : "");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
