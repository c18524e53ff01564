/**
 * Encodes stripes: libjpeg-turbo where it is installed, the JDK's encoder where it is not. The header of the whole
 * picture is made from the header of any of its stripes.
 */
@NullMarked
package dev.oriel.capture.jpeg;

import org.jspecify.annotations.NullMarked;
