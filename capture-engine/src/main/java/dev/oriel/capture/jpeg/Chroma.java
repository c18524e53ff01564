package dev.oriel.capture.jpeg;

/** How colour is sampled, and with it how high one row of MCUs is. */
public enum Chroma {
    /** One colour sample for each pixel, 4:4:4. */
    EVERY_PIXEL(8, 0),
    /** One colour sample for two by two pixels, 4:2:0. */
    TWO_BY_TWO(16, 2);

    private final int mcuSize;
    private final int turboSubsampling;

    Chroma(int mcuSize, int turboSubsampling) {
        this.mcuSize = mcuSize;
        this.turboSubsampling = turboSubsampling;
    }

    /**
     * The side of one MCU.
     *
     * @return pixels, which is also the height of one stripe
     */
    public int mcuSize() {
        return mcuSize;
    }

    int turboSubsampling() {
        return turboSubsampling;
    }
}
