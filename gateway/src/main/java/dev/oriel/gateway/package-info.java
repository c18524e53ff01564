/**
 * Puts Oriel together and serves it: {@link dev.oriel.gateway.Main} reads the command line and the environment, {@code
 * Oriel} wires sensor, engine, cache and optimizer, {@code HttpGateway} answers HTTP and the WebSocket feed.
 */
@NullMarked
package dev.oriel.gateway;

import org.jspecify.annotations.NullMarked;
