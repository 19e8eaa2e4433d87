package io.elacsym.storage.bucket.client;

import java.util.Optional;

/**
 * A part of an upload that the store has taken.
 *
 * @param number from 1
 * @param tag the ETag, as the store gave it
 * @param checksum by the client's own algorithm; empty when it uses none
 */
public record SentPart(int number, String tag, Optional<String> checksum) {}
