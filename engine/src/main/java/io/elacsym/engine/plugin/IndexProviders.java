package io.elacsym.engine.plugin;

import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.VectorIndexProvider;

/**
 * Which plugins build indexes.
 *
 * @param vectors of vector fields
 * @param texts of full-text attributes
 */
public record IndexProviders(VectorIndexProvider vectors, TextIndexProvider texts) {}
