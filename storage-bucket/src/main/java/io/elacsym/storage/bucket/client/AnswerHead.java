package io.elacsym.storage.bucket.client;

import java.time.Instant;
import java.util.Optional;

/**
 * What the head of an answer to a read says.
 *
 * @param length of the body that follows, in bytes; negative when it is not said
 * @param contentRange which part of the object the body is
 * @param tag the ETag
 */
public record AnswerHead(
    int status,
    long length,
    Optional<String> contentRange,
    Optional<String> tag,
    Optional<Instant> lastModified) {}
