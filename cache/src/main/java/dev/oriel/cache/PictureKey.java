package dev.oriel.cache;

import dev.oriel.capture.ContentKey;

/**
 * A question about a picture that is known by its bytes.
 *
 * @param question as it was asked
 * @param content of the picture
 */
record PictureKey(String question, ContentKey content) {}
