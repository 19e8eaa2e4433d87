package io.elacsym.engine.model;

import java.util.List;
import java.util.Optional;

/**
 * Documents in id order.
 *
 * @param next where the following page starts ({@code after} of its request); empty at the end
 */
public record ScanPage(List<Document> documents, Optional<DocId> next) {}
