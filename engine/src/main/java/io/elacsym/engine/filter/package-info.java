/**
 * Filters: checked against the schema, then answered from attribute indexes or by looking at
 * values.
 */
package io.elacsym.engine.filter;
