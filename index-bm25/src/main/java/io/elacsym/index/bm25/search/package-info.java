/**
 * Which rows fit a query best, and what is counted to score them? {@code TextData} is what a search
 * sees, wherever it lies.
 */
package io.elacsym.index.bm25.search;
