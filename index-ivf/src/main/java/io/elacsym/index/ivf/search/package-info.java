/**
 * Which lists does a query look into, and what does it find there? {@code IvfSearch} is one search:
 * {@code ScoreModel} says what to expect of a list before it is read, {@code CodeScan} estimates
 * items by their codes, {@code Candidates} are those that may be hits, and {@code VectorScan}
 * decides.
 */
package io.elacsym.index.ivf.search;
