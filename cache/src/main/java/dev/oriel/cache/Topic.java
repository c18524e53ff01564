package dev.oriel.cache;

/**
 * What has to be equal before two pictures are compared.
 *
 * @param question as it was asked
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 */
record Topic(String question, int width, int height) {}
