/**
 * Takes pictures of desktop spaces.
 *
 * <p>{@link dev.oriel.capture.CaptureEngine} is the way in: it lists the {@link dev.oriel.capture.Space spaces} of its
 * {@link dev.oriel.capture.ScreenSource sources} and turns {@link dev.oriel.capture.CaptureSchedule schedules} into
 * {@link dev.oriel.capture.Frame frames}. Pixels never leave this module; compressed, immutable frames do.
 *
 * <p>What to capture, how often and how well is decided elsewhere: this module knows neither memory pressure nor who
 * looks.
 */
@NullMarked
package dev.oriel.capture;

import org.jspecify.annotations.NullMarked;
