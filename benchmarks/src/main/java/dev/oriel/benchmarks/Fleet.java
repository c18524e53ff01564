package dev.oriel.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Many displays, each with a wall of windows of its own on it. */
final class Fleet implements AutoCloseable {

    private final List<VirtualScreen> screens = new ArrayList<>();
    private final List<Painter> painters = new ArrayList<>();
    private final List<Wall> walls = new ArrayList<>();

    static Fleet start(Children children, int displays) throws IOException, InterruptedException {
        return start(children, displays, Wall.windows());
    }

    /** The same with another picture on the walls. */
    static Fleet start(Children children, int displays, BufferedImage picture)
            throws IOException, InterruptedException {
        Fleet fleet = new Fleet();
        for (int display = 0; display < displays; display++) {
            VirtualScreen screen = VirtualScreen.start(children);
            fleet.screens.add(screen);
            Painter painter = new Painter(screen.display());
            fleet.painters.add(painter);
            Wall wall = new Wall(painter, picture);
            fleet.walls.add(wall);
            wall.showNext();
            painter.sync();
        }
        return fleet;
    }

    /** As in {@code $DISPLAY}, each. */
    List<String> displays() {
        return screens.stream().map(VirtualScreen::display).toList();
    }

    /** One of the displays, counted from 0. */
    VirtualScreen screen(int display) {
        return screens.get(display);
    }

    /** The wall on one of the displays, counted from 0. */
    Wall wall(int display) {
        return walls.get(display);
    }

    @Override
    public void close() {
        painters.forEach(Painter::close);
        screens.forEach(VirtualScreen::close);
    }
}
