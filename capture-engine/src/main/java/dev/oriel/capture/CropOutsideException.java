package dev.oriel.capture;

/** A crop is empty or reaches beyond its space. The message names it and what is allowed. */
public final class CropOutsideException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    CropOutsideException(Area crop, int width, int height) {
        super("crop is " + crop.x() + "," + crop.y() + "," + crop.width() + "," + crop.height()
                + "; allowed: x,y,width,height with at least one pixel and all of them inside the space, which is "
                + width
                + "x" + height + " pixels");
    }
}
