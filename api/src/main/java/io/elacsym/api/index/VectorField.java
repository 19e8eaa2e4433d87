package io.elacsym.api.index;

/**
 * A vector field of a namespace. Its vectors and queries have finite components and a length
 * (Euclidean norm) of at most 9.2e18, so that no sum or difference of two products of them is
 * infinite; under {@link Metric#COSINE} at least 1e-15, so that their direction is known to the
 * last bits. The host refuses all others: components beyond about 1e18 never come to an index, and
 * components as small as floats can be do under {@link Metric#L2} and {@link Metric#DOT}, zero
 * vectors included.
 *
 * @param name of the field
 * @param dimension components, 1 to 65,536
 * @param metric how vectors are compared
 */
public record VectorField(String name, int dimension, Metric metric) {}
