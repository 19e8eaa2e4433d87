/**
 * What a query will do: a pure function of the request, the schema, and how many rows of each part
 * of the snapshot may be found. It reads nothing, so that its decisions are tested as values; who
 * carries a plan out decides nothing.
 */
package io.elacsym.engine.plan;
