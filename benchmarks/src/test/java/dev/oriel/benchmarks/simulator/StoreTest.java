package dev.oriel.benchmarks.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.oriel.capture.Quality;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreTest {

    private static final int TABLE = Store.PICTURE_BYTES + 2 * Store.TABLE_ENTRY_BYTES;

    private final TinyTrace tiny = new TinyTrace();
    private final int same = tiny.content(500);
    private final Trace trace = tiny.put("one", 0, Quality.FULL, same, tiny.content(100))
            .put("two", 0, Quality.FULL, same, tiny.content(200))
            .trace();
    private final List<Picture> pictures =
            trace.events().stream().map(Trace.Event::picture).toList();

    @Test
    void chargesWholePicturesEachInFull() {
        Store store = Store.ofWholePictures(trace);
        pictures.forEach(store::add);
        assertThat(store.heldBytes()).isEqualTo(600 + 700 + 2 * (Store.PICTURE_BYTES + Store.REGION_BYTES));
        pictures.forEach(store::remove);
        assertThat(store.heldBytes()).isZero();
    }

    @Test
    void chargesASharedStripeOnceUntilTheLastPictureGoes() {
        Store store = Store.ofSharedStripes(trace);
        pictures.forEach(store::add);
        assertThat(store.heldBytes()).isEqualTo(800 + 3 * Store.REGION_BYTES + 2 * TABLE);
        store.remove(pictures.get(0));
        assertThat(store.heldBytes()).isEqualTo(700 + 2 * Store.REGION_BYTES + TABLE);
        store.remove(pictures.get(1));
        assertThat(store.heldBytes()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> store.remove(pictures.get(1)));
    }
}
