package io.elacsym.api.index;

/**
 * A vector field of a namespace.
 *
 * @param name of the field
 * @param dimension components, 1 to 65,536
 * @param metric how vectors are compared
 */
public record VectorField(String name, int dimension, Metric metric) {}
