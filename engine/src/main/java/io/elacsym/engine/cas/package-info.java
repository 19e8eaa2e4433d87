/**
 * How processes that know nothing of each other change a storage safely: compare-and-set on one
 * object, and numbers that are each taken once, by which a new writer stops the one before it.
 * Knows no word of the database.
 */
package io.elacsym.engine.cas;
