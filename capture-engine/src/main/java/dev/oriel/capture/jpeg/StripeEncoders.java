package dev.oriel.capture.jpeg;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens encoders, and the decoders that go with them: the fastest that this machine has. */
public final class StripeEncoders {

    private static final Logger log = LoggerFactory.getLogger(StripeEncoders.class);

    private final boolean turbo;

    private StripeEncoders(boolean turbo) {
        this.turbo = turbo;
    }

    /**
     * Looks for libjpeg-turbo. Where it is missing that is logged, once for each call, and the encoder of the JDK stands
     * in, which is about five times slower.
     *
     * @return opens encoders of the kind found
     */
    public static StripeEncoders detect() {
        try {
            TurboJpeg.load();
            return new StripeEncoders(true);
        } catch (UnsatisfiedLinkError e) {
            log.warn(
                    "libjpeg-turbo cannot be loaded, so the slower encoder of the JDK is used; on Debian: apt-get install"
                            + " libturbojpeg0 ({})",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return new StripeEncoders(false);
        }
    }

    /**
     * The encoder of the JDK, whatever is installed.
     *
     * @return opens encoders that need no native library
     */
    public static StripeEncoders ofJdk() {
        return new StripeEncoders(false);
    }

    /**
     * Opens an encoder for one thread.
     *
     * @return the caller closes it
     */
    public StripeEncoder open() {
        return turbo ? new TurboStripeEncoder() : new JdkStripeEncoder();
    }

    /**
     * Opens a decoder for one thread.
     *
     * @return the caller closes it
     */
    public StripeDecoder openDecoder() {
        return turbo ? new TurboStripeDecoder() : new JdkStripeDecoder();
    }

    /**
     * Opens a decoder for pictures at a quarter of their size, for one thread.
     *
     * @return the caller closes it
     */
    public QuarterDecoder openQuarterDecoder() {
        return turbo ? new TurboQuarterDecoder() : new JdkQuarterDecoder();
    }
}
