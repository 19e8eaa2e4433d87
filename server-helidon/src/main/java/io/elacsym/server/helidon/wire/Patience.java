package io.elacsym.server.helidon.wire;

import java.time.Duration;

/**
 * How long a client may take.
 *
 * @param head for a whole head, from its first byte; a new connection has as long for that byte
 * @param idle between an answer and the next request on its connection
 * @param bodyIdle without a single byte of a body that is waited for
 * @param body for a whole body
 * @param answerIdle without taking anything of an answer
 * @param answer for taking a whole answer
 */
public record Patience(
    Duration head,
    Duration idle,
    Duration bodyIdle,
    Duration body,
    Duration answerIdle,
    Duration answer) {}
