/**
 * One writer per namespace: taking over, committing to the WAL, in groups, and the manifest,
 * learning of other writers.
 */
package io.elacsym.engine.writer;
