package dev.oriel.capture;

/**
 * How far the samples of a {@link Fingerprint} may lie from the truth because of the JPEG they were read from. Grows with
 * the steps that the quality quantises coefficients by; the factors were measured on screens of text and photographs.
 *
 * @param jpegPercent 1 to 100
 * @param stripeHeight tells how colour is sampled
 * @param luma in steps of brightness, of 255
 * @param chroma in steps of colour, of 255
 */
record JpegNoise(int jpegPercent, int stripeHeight, int luma, int chroma) {

    private static final double LUMA = 5;
    private static final double CHROMA = 6;

    static JpegNoise of(FrameInfo info) {
        double steps = steps(info.jpegPercent());
        return new JpegNoise(info.jpegPercent(), info.stripeHeight(), (int) Math.round(LUMA * steps), (int)
                Math.round(CHROMA * steps));
    }

    /** 1 at 50 percent, nothing at 100: how libjpeg scales its tables. */
    private static double steps(int percent) {
        return percent < 50 ? 50.0 / percent : 2 - percent / 50.0;
    }
}
