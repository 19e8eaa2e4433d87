package io.elacsym.engine.model;

import java.util.List;
import java.util.Optional;

/**
 * Names of namespaces, in order.
 *
 * @param next where the following page starts ({@code after} of its request); empty at the end
 */
public record NamespacePage(List<String> names, Optional<String> next) {}
