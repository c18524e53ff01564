/**
 * Reads the spaces of X displays through XCB: the desktops of an EWMH window manager, or the whole display where there
 * are none. DAMAGE tells what changed; pixels come through shared memory, a window of rows at a time.
 */
@NullMarked
package dev.oriel.capture.x11;

import org.jspecify.annotations.NullMarked;
