/**
 * Segments: immutable rows with their indexes. Building one from rows in memory, and reading one
 * whatever plugins wrote it.
 */
package io.elacsym.engine.segment;
