package io.elacsym.engine.leaf;

import io.elacsym.engine.model.QueryCost;

/**
 * An answer on its way to the root.
 *
 * @param cost what the leaf has read for it
 */
public record LeafReply(LeafAnswer answer, QueryCost cost) {}
