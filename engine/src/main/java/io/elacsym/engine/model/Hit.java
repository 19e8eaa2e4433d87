package io.elacsym.engine.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One result.
 *
 * @param score higher is better, whatever the ranking
 * @param document the asked parts
 * @param highlights of each field that has what was asked for the best pieces, when asked
 * @param explanation how it came to its score, when asked; none in the order of ids
 */
public record Hit(
    double score,
    Document document,
    Map<String, List<String>> highlights,
    Optional<ScoreExplanation> explanation) {}
