package io.elacsym.engine.filter;

import io.elacsym.engine.model.Value;

/**
 * Between which values all values of an attribute of a segment lie, or all elements of its arrays.
 *
 * @param everywhere whether every row has a value that is no array
 */
public record ValueBounds(Value.Scalar least, Value.Scalar greatest, boolean everywhere) {}
