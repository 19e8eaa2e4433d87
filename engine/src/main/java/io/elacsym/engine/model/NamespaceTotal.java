package io.elacsym.engine.model;

import java.time.Instant;

/**
 * How many namespaces there were.
 *
 * @param at when that was counted
 */
public record NamespaceTotal(int namespaces, Instant at) {}
